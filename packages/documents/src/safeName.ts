/** Names that Windows does not take for a file, whatever their extension. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
const longest = 120;

export const extensionOf = (name: string): string => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? '';

/**
 * The name as it can be saved anywhere and shows what it is: no path, no character that any system forbids, that turns the direction of
 * writing or that is not seen, and the extension of what the content is.
 */
export const safeName = (given: string, extension: string): string => {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = last.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').replace(/[<>:"|?*]/g, '-');
  const stem = (extensionOf(visible) === extension ? visible.slice(0, -(extension.length + 1)) : visible)
    .replace(/\s+/g, ' ')
    .replace(/^[.\s-]+|[.\s]+$/g, '');
  const short = [...stem].slice(0, longest).join('');
  return `${short === '' || reserved.test(short) ? `document${short === '' ? '' : `-${short}`}` : short}.${extension}`;
};
