const written: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', '&': ' und ' };

/** A company's name as it may stand in addresses: small letters, digits and hyphens, 60 at most. */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[äöüß&]/g, (sign) => written[sign] ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
