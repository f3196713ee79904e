import type { Translated } from '../translated.ts';
import type { texts as english } from './en.ts';

export const texts: Translated<typeof english> = {
  'how-it-fits': 'Wie sie zu Ihnen passt',
  'not-reckoned': 'Sie wurde noch nicht mit Ihrem Profil verglichen. Das geschieht wenige Sekunden nach der Veröffentlichung.',
  'profile-needed': 'Sie haben kein veröffentlichtes Profil, deshalb wurde sie mit nichts verglichen.',
  'to-profile': 'Zu Ihrem Profil',
  'must-haves-lacking': 'Unbedingt verlangt, aber nicht in Ihrem Profil',
  'would-count-for': 'Was dann für Sie spräche',
  'fits-for': 'Warum sie passt',
  'profile-lacks': 'Was Ihrem Profil dafür fehlt',
  'lacks-nothing': 'Ihrem Profil fehlt dafür nichts.',
  'mend-cpv': 'Den Code zu dem hinzufügen, was Sie bieten, wenn Sie diese Arbeit machen',
  'mend-skill': 'Zu Ihren Fähigkeiten hinzufügen, wenn Sie sie haben',
  'mend-capability': 'Angeben, was Sie bieten',
  'mend-language': 'Angeben, welche Sprachen Sie wie gut sprechen',
  'mend-working-hours': 'Ihre Arbeitszeiten prüfen',
  'mend-sector': 'Die Branche hinzufügen, wenn Sie sie kennen',
  'mend-verified-references': 'Referenzen nennen, die andere bestätigen können',
  'mend-certificates': 'Ihre Zertifikate hinzufügen',
  'mend-wishes': 'Angeben, was Sie suchen',
  'mend-rate': 'Ihre Tagessätze prüfen',
  'mend-size': 'Prüfen, wie viele Sie sind',
  'mend-availability': 'Angeben, ab wann Sie verfügbar sind',
  'mend-profile': 'Ihr Profil schreiben und veröffentlichen',
};
