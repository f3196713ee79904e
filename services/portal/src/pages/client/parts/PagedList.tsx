import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { useText } from '../texts/useText.ts';
import { Failure } from './Failure.tsx';
import { Loading } from './Loading.tsx';

type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

type PagedListProps<Item> = {
  readonly queryKey: readonly unknown[];
  readonly read: (cursor: string | undefined) => Promise<Page<Item>>;
  readonly keyOf: (item: Item) => string;
  readonly empty: ReactNode;
  /** How many items place is held for while the list comes. */
  readonly expected: number;
  /** How many are shown; with a bound there is no way to later pages. */
  readonly most?: number;
  readonly children: (item: Item) => ReactNode;
};

/** A list that comes page by page; what is there stays there when a later page fails. */
export const PagedList = <Item,>({ queryKey, read, keyOf, empty, expected, most, children }: PagedListProps<Item>): ReactNode => {
  const { t } = useText();
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<Item>) => last.next ?? undefined,
  });
  if (list.isPending) return <Loading items={expected} />;
  if (!list.data) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items).slice(0, most);
  if (items.length === 0) return <p className="quiet">{empty}</p>;
  return (
    <>
      <ul className="list">
        {items.map((item) => (
          <Fragment key={keyOf(item)}>{children(item)}</Fragment>
        ))}
      </ul>
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.hasNextPage && most === undefined && (
        <button type="button" className="plain" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage ? t('loading') : t('more')}
        </button>
      )}
    </>
  );
};
