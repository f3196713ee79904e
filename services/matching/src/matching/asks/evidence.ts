import { weights } from '../weights.ts';
import type { AskGroup } from './ask.ts';

/** The first verified reference tells most, the third completes the picture; more prove no better fit and would keep new firms out. */
const worthOfReferences = [0, 0.5, 0.75, 1] as const;

export const askReferences = (): AskGroup => ({
  weight: weights.verifiedReferences,
  asks: [
    {
      name: 'verified-references',
      share: 1,
      fit: ({ verified }) => worthOfReferences[Math.min(verified, 3)] ?? 1,
      says: ({ verified }, words) => (verified > 0 ? words.hasReferences(verified) : words.noReferenceYet()),
    },
  ],
});

export const askCertificates = (): AskGroup => ({
  weight: weights.certificates,
  asks: [
    {
      name: 'certificates',
      share: 1,
      fit: ({ certificates }) => Math.min(1, certificates.length / 2),
      says: ({ profile: { certificates } }, words) =>
        certificates.length > 0 ? words.holds([...new Set(certificates)]) : words.noCertificate(),
    },
  ],
});
