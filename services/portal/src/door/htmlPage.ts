/** A page that needs no script, in the look of the others. `body` is HTML; everything in it from outside is `escaped`. */
export const htmlPage = ({
  title,
  styleSheet,
  body,
}: {
  readonly title: string;
  readonly styleSheet: string;
  readonly body: string;
}): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} – Umuhuza</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${escaped(styleSheet)}">
</head>
<body>
<header class="bar"><a class="brand" href="/">Umuhuza</a></header>
<main class="reading">${body}</main>
</body>
</html>
`;

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
