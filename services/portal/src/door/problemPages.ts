import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import { type Request, type Response, Router } from 'express';
import { escaped, htmlPage } from './htmlPage.ts';
import { type ExplainedProblem, explainedProblems } from './problemTexts.ts';

/** `/problems` and `/problems/<name>`: what the `type` of a refusal leads to, for people and for programs. */
export const problemPages = (styleSheet: string): Router => {
  const pages = Router();
  pages.get('/problems', (req, res) => {
    answer(req, res, styleSheet, { title: 'What a refusal means', problems: explainedProblems, asList: true });
  });
  pages.get('/problems/:name', (req, res) => {
    const problems = explainedProblems.filter(({ name }) => name === req.params.name);
    const [first] = problems;
    if (!first) return sendProblem(res, commonProblem(req, 'not-found'));
    answer(req, res, styleSheet, { title: first.title, problems, asList: false });
  });
  return pages;
};

type Shown = { readonly title: string; readonly problems: readonly ExplainedProblem[]; readonly asList: boolean };

const answer = (req: Request, res: Response, styleSheet: string, { title, problems, asList }: Shown): void => {
  res.setHeader('Cache-Control', 'no-cache');
  res.vary('Accept');
  if (req.accepts(['html', 'json']) === 'json')
    return void res.json(asList ? { problems } : { problems: problems.map(withType) });
  const body = asList ? list(problems) : single(problems);
  res.type('html').send(htmlPage({ title, styleSheet, body }));
};

const withType = (problem: ExplainedProblem) => ({ type: `/problems/${problem.name}`, ...problem });

const single = (problems: readonly ExplainedProblem[]): string =>
  `${problems
    .map(({ part, title, detail }) => `<p class="quiet">${escaped(part)}</p><h1>${escaped(title)}</h1><p>${escaped(detail)}</p>`)
    .join('<hr>')}
  <p>When you ask for help, quote the <code>instance</code> of the answer: it is the id of your request.</p>
  <p><a href="/problems">All refusals</a> · <a href="/">To the platform</a></p>`;

const list = (problems: readonly ExplainedProblem[]): string => {
  const parts = Map.groupBy(problems, ({ part }) => part);
  const sections = [...parts].map(
    ([part, its]) =>
      `<section class="card"><h2>${escaped(part)}</h2><dl class="refusals">${its
        .map(
          ({ name, title, detail }) =>
            `<dt><a href="/problems/${escaped(name)}">${escaped(title)}</a> <code>${escaped(name)}</code></dt><dd>${escaped(detail)}</dd>`,
        )
        .join('')}</dl></section>`,
  );
  return `<h1>What a refusal means</h1>
  <p>Whatever the platform refuses, it says why and what can be done. These are all refusals there are.</p>${sections.join('')}`;
};
