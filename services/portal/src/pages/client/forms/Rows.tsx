import { type ReactNode, useRef } from 'react';
import { useText } from '../texts/useText.ts';
import { moved } from './moved.ts';

type RowsProps<Item> = {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What the inputs of its rows are named after, where something leads to it while it has none. */
  readonly name?: string;
  readonly items: readonly Item[];
  /** What a new row begins with, or what makes it where it has an id of its own. */
  readonly empty: Item | (() => Item);
  /** What one row is called: "Lot", as in "Lot 2". */
  readonly rowName: string;
  readonly add: string;
  readonly most: number;
  readonly onChange: (items: readonly Item[]) => void;
  readonly children: (item: Item, set: (changed: Partial<Item>) => void, index: number) => ReactNode;
};

/** A list whose rows are added, removed and moved; the focus stays with what was done. */
export const Rows = <Item extends object>({
  label,
  hint,
  name,
  items,
  empty,
  rowName,
  add,
  most,
  onChange,
  children,
}: RowsProps<Item>): ReactNode => {
  const { t } = useText('forms');
  const box = useRef<HTMLFieldSetElement>(null);
  const focusRow = (index: number) =>
    requestAnimationFrame(() => {
      const row = box.current?.querySelectorAll<HTMLElement>(':scope > ol > li')[index];
      const input = row?.querySelector<HTMLElement>('input, textarea, select');
      (input ?? box.current?.querySelector<HTMLElement>(':scope > button'))?.focus();
    });
  return (
    <fieldset ref={box} className="rows" data-name={name}>
      <legend>{label}</legend>
      {hint && <p className="hint">{hint}</p>}
      {items.length > 0 && (
        <ol>
          {items.map((item, index) => {
            const called = `${rowName} ${index + 1}`;
            const set = (changed: Partial<Item>) =>
              onChange(items.map((each, at) => (at === index ? { ...each, ...changed } : each)));
            return (
              // Rows have no identity of their own; every input is controlled, so its place is enough.
              <li key={index}>
                <div className="line-head">
                  <strong>{called}</strong>
                  <span className="row-actions">
                    {index > 0 && (
                      <button
                        type="button"
                        className="plain"
                        aria-label={t('move-up', { called })}
                        onClick={() => {
                          onChange(moved(items, index, index - 1));
                          focusRow(index - 1);
                        }}
                      >
                        ↑
                      </button>
                    )}
                    {index < items.length - 1 && (
                      <button
                        type="button"
                        className="plain"
                        aria-label={t('move-down', { called })}
                        onClick={() => {
                          onChange(moved(items, index, index + 1));
                          focusRow(index + 1);
                        }}
                      >
                        ↓
                      </button>
                    )}
                    <button
                      type="button"
                      className="plain"
                      aria-label={t('remove-row', { called })}
                      onClick={() => {
                        onChange(items.filter((_, at) => at !== index));
                        focusRow(Math.max(0, index - 1));
                      }}
                    >
                      {t('remove')}
                    </button>
                  </span>
                </div>
                {children(item, set, index)}
              </li>
            );
          })}
        </ol>
      )}
      {items.length < most && (
        <button
          type="button"
          onClick={() => {
            onChange([...items, typeof empty === 'function' ? empty() : empty]);
            focusRow(items.length);
          }}
        >
          {add}
        </button>
      )}
    </fieldset>
  );
};
