import { weights } from '../weights.ts';
import { type AskGroup, listed, plural } from './ask.ts';

/** The first verified reference tells most, the third completes the picture; more prove no better fit and would keep new firms out. */
const worthOfReferences = [0, 0.5, 0.75, 1] as const;

export const askReferences = (): AskGroup => ({
  weight: weights.verifiedReferences,
  asks: [
    {
      name: 'verified-references',
      share: 1,
      fit: ({ verified }) => worthOfReferences[Math.min(verified, 3)] ?? 1,
      says: ({ verified }) =>
        verified > 0
          ? `Has ${plural(verified, 'reference')} that the other side confirmed.`
          : 'None of its references is confirmed yet; a contract won here counts as one.',
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
      says: ({ profile: { certificates } }) =>
        certificates.length > 0 ? `Holds ${listed([...new Set(certificates)])}.` : 'The profile shows no certificate.',
    },
  ],
});
