import { inCommon } from './cpv.ts';
import { asksNothing, type Demand } from './demand.ts';
import { certificateTokens, type Firm, wordKey } from './firm.ts';
import type { Words } from './words/words.ts';

/** Something without which a firm is no match, and which it lacks. */
export type Failure = { readonly name: string; readonly says: (words: Words) => string };

/** What no score outweighs, read once for a demand. */
export const mustHavesOf = (demand: Demand): ((firm: Firm) => Failure[]) => {
  const certificates = demand.mustHaves.map((name) => ({ name, tokens: certificateTokens(name) }));
  const skills = new Set(demand.asks.skills.map(wordKey));
  return (firm) => {
    const failures: Failure[] = [];
    if (firm.profile.country === demand.from.country)
      failures.push({
        name: 'other-country',
        says: (words) => words.sameCountry(),
      });
    for (const { name, tokens } of certificates)
      if (!firm.certificates.some((held) => tokens.isSubsetOf(held)))
        failures.push({ name: `certificate:${wordKey(name)}`, says: (words) => words.certificateRequired(name) });
    if (!asksNothing(demand) && !offersSomething(demand, skills, firm))
      failures.push({ name: 'capability', says: (words) => words.offersNothingAsked() });
    return failures;
  };
};

const offersSomething = ({ asks }: Demand, skills: ReadonlySet<string>, firm: Firm): boolean => {
  for (const skill of skills) if (firm.skills.has(skill)) return true;
  return asks.cpv.some((asked) => firm.profile.offers.cpv.some((offered) => inCommon(asked, offered)));
};
