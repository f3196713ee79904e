import type { LanguageSkill } from '@umuhuza/contracts/values';
import type { ReactNode } from 'react';
import { Select } from '../../forms/Choice.tsx';
import { Rows } from '../../forms/Rows.tsx';
import { nameOfLanguage } from '../../names.ts';
import { commonLanguages, levels } from '../../sandbox/areas.ts';
import { useText } from '../../texts/useText.ts';

type LanguageRowsProps = {
  /** Where they are in the body. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly values: readonly LanguageSkill[];
  readonly error?: Error | null;
  readonly onChange: (values: readonly LanguageSkill[]) => void;
};

/** Languages with how well they are spoken. */
export const LanguageRows = ({ name, label, hint, values, error = null, onChange }: LanguageRowsProps): ReactNode => {
  const { t, language } = useText('sandbox');
  return (
    <Rows
      name={name}
      label={label}
      hint={hint}
      items={values}
      empty={{ language: 'en', level: 'B2' as const }}
      rowName={t('language-row')}
      add={t('add-language')}
      most={20}
      onChange={onChange}
    >
      {(skill, set, index) => (
        <div className="pair">
          <Select
            name={`${name}.${index}.language`}
            label={t('language-row')}
            options={[...new Set([...commonLanguages, ...others, skill.language])].map((code) => ({
              value: code,
              label: nameOfLanguage(code, language),
            }))}
            value={skill.language}
            error={error}
            onChange={(code) => set({ language: code })}
          />
          <Select
            name={`${name}.${index}.level`}
            label={t('level')}
            options={levels.map((level) => ({ value: level, label: level === 'native' ? t('level-native') : level }))}
            value={skill.level}
            error={error}
            onChange={(level) => set({ level })}
          />
        </div>
      )}
    </Rows>
  );
};

const others = ['ar', 'es', 'it', 'ja', 'nl', 'pl', 'pt', 'ru', 'tr', 'uk', 'zh'];
