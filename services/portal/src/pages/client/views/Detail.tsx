import { type QueryKey, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { Refused } from '../api/answers.ts';
import { Failure } from '../parts/Failure.tsx';
import { Loading } from '../parts/Loading.tsx';
import { useTitle } from '../parts/useTitle.ts';
import { useText } from '../texts/useText.ts';

type DetailProps<Shown> = {
  readonly queryKey: QueryKey;
  readonly read: () => Promise<Shown>;
  readonly titleOf: (shown: Shown) => string;
  readonly kind: string;
  /** Where it is found among others of its kind; the overview where nothing is said. */
  readonly back?: { readonly href: string; readonly label: string };
  /** Its state, beside the way back. */
  readonly badgeOf?: (shown: Shown) => ReactNode;
  readonly children: (shown: Shown) => ReactNode;
};

/** One thing on a view of its own, with the way back. */
export const Detail = <Shown,>({ queryKey, read, titleOf, kind, back, badgeOf, children }: DetailProps<Shown>): ReactNode => {
  const { t } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data, error, isPending, refetch } = useQuery({ queryKey, queryFn: read });
  const title = data === undefined ? undefined : titleOf(data);
  useEffect(() => {
    if (title !== undefined) heading.current?.focus({ preventScroll: true });
  }, [title]);
  useTitle(title ?? kind);
  return (
    <article className="detail">
      <div className="line-head">
        <p className="quiet">
          <a href={back?.href ?? '#/'}>{back?.label ?? t('overview')}</a> / {kind}
        </p>
        {data !== undefined && badgeOf?.(data)}
      </div>
      {isPending ? (
        <Loading items={6} />
      ) : data === undefined ? (
        isNotThere(error) ? (
          <>
            <h1>{t('not-found')}</h1>
            <Failure error={error} />
          </>
        ) : (
          <>
            <h1>{kind}</h1>
            <Failure error={error ?? new Error('nothing came')} onRetry={() => void refetch()} />
          </>
        )
      ) : (
        <>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {children(data)}
        </>
      )}
    </article>
  );
};

/** To ask again gives the same. */
const isNotThere = (error: Error | null): error is Refused => error instanceof Refused && error.problem.status === 404;

/** A fact and what it is called. */
export const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
