import type { ProfileContent, Reference } from '@umuhuza/contracts/profiles/schemas';
import type { ReactNode } from 'react';
import { useText } from '../../texts/useText.ts';
import { cityOfZone, inMoney, onDay } from '../../times.ts';
import { Fact } from '../Detail.tsx';
import { LanguagesText } from '../sandbox/Words.tsx';
import { useCpvTitles } from '../tenders/useCpvTitles.ts';

type ProfileFactsProps = { readonly content: Omit<ProfileContent, 'references'>; readonly references: readonly Reference[] };

/** What a company says of itself, and which of it was proven. */
export const ProfileFacts = ({ content, references }: ProfileFactsProps): ReactNode => {
  const { t, language } = useText('profile');
  const { summary, website, offers, needs, sectors, languages, teamSize, dayRate, availableFrom, workingHours, certificates } =
    content;
  return (
    <>
      <p className="text">{summary}</p>
      {website && (
        <p>
          <a href={website} rel="noreferrer" target="_blank">
            {website}
          </a>
        </p>
      )}
      <Capabilities title={t('offers')} {...offers} />
      <Capabilities title={t('needs')} {...needs} />
      <dl className="facts">
        {sectors.length > 0 && <Fact name={t('field-sectors')}>{sectors.join(', ')}</Fact>}
        {languages.length > 0 && (
          <Fact name={t('field-languages')}>
            <LanguagesText languages={languages} />
          </Fact>
        )}
        <Fact name={t('field-teamSize')}>{t('team-of', { count: teamSize })}</Fact>
        {dayRate && (
          <Fact name={t('day-rate')}>
            {inMoney(dayRate.min, language)} – {inMoney(dayRate.max, language)}
          </Fact>
        )}
        {availableFrom && <Fact name={t('field-availableFrom')}>{onDay(availableFrom, language)}</Fact>}
        <Fact name={t('working-hours')}>
          {workingHours.from} – {workingHours.to} ({cityOfZone(workingHours.timeZone)})
        </Fact>
        {certificates.length > 0 && <Fact name={t('field-certificates')}>{certificates.join(', ')}</Fact>}
      </dl>
      {references.length > 0 && (
        <>
          <h3>{t('field-references')}</h3>
          <ul className="list">
            {references.map(({ id, title, client, year, status }) => (
              <li key={id}>
                <div className="line-head">
                  <span>
                    {title}
                    <span className="quiet"> {[client, year].filter(Boolean).join(', ')}</span>
                  </span>
                  <span className={`badge ${status === 'verified' ? 'good' : 'ended'}`}>{t(`reference-${status}`)}</span>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};

type CapabilitiesProps = { readonly title: string; readonly cpv: readonly string[]; readonly skills: readonly string[] };

const Capabilities = ({ title, cpv, skills }: CapabilitiesProps): ReactNode => {
  const titles = useCpvTitles(cpv);
  if (cpv.length + skills.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      {skills.length > 0 && <p>{skills.join(', ')}</p>}
      {cpv.length > 0 && (
        <ul className="plain-list">
          {cpv.map((code) => (
            <li key={code} className="quiet">
              {code} {titles.get(code)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
