/** The page itself: its frame stands before any script has come, so that nothing jumps on a slow line. */
export const indexHtml = ({
  script,
  alongside,
  styleSheet,
}: {
  readonly script: string;
  /** The scripts that it imports at once. */
  readonly alongside: readonly string[];
  readonly styleSheet: string;
}): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="Umuhuza brings German and Rwandan IT companies together: partners, tenders, sandbox tests.">
<title>Umuhuza</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${styleSheet}">
${alongside.map((path) => `<link rel="modulepreload" href="${path}">\n`).join('')}<script type="module" src="${script}"></script>
</head>
<body>
<div id="page">
<header class="bar"><a class="brand" href="/">Umuhuza</a></header>
<main class="reading"><p class="quiet" role="status">…</p>
<noscript><p>This page needs JavaScript. Programs find the interface described at <a href="/openapi.json">/openapi.json</a>.</p></noscript>
</main>
</div>
</body>
</html>
`;
