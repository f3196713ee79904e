/**
 * The SHA-256 of a file in hex, worked out on the device; undefined where the browser does not offer it, which is outside of HTTPS and
 * localhost.
 */
export const sha256Of = async (file: Blob): Promise<string | undefined> => {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  const digest = await subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
