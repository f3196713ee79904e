import { commonProblems, type ProblemText } from '@umuhuza/contracts/problem';
import { serviceProblems } from './contracts.ts';
import { doorProblems } from './problems.ts';
import { partInWords, serviceNames } from './services.ts';

/** A refusal as one part of the platform explains it; two parts may use the same name. */
export type ExplainedProblem = ProblemText & { readonly name: string; readonly part: string };

const explained = (part: string, problems: Readonly<Record<string, ProblemText>>): readonly ExplainedProblem[] =>
  Object.entries(problems).map(([name, { title, detail }]) => ({ name, part, title, detail }));

/** Every refusal the platform can answer with, by part. */
export const explainedProblems: readonly ExplainedProblem[] = [
  ...explained('Everywhere', { ...commonProblems, ...doorProblems }),
  ...serviceNames.flatMap((service) => explained(partInWords[service], serviceProblems[service])),
];

/** What a name means: one text, with the parts that say it; several where parts mean different things by it. */
export type Meaning = ProblemText & { readonly type: string; readonly name: string; readonly parts: readonly string[] };

export const meaningsOf = (name: string): readonly Meaning[] =>
  [
    ...Map.groupBy(
      explainedProblems.filter((problem) => problem.name === name),
      ({ title, detail }) => `${title}\n${detail}`,
    ).values(),
  ].flatMap((same) => {
    const [first] = same;
    return first
      ? [{ type: `/problems/${name}`, name, title: first.title, detail: first.detail, parts: same.map(({ part }) => part) }]
      : [];
  });
