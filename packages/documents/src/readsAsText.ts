/** Valid UTF-8 without control characters other than those that lay out text. */
export const readsAsText = (utf8: TextDecoder, chunk: Uint8Array, more: boolean): boolean => {
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return !/[\u0000-\u0008\u000e-\u001f\u007f]/.test(utf8.decode(chunk, { stream: more }));
  } catch {
    return false;
  }
};
