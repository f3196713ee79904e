import type { Reactions } from '@umuhuza/eventing/hear';
import type { Clock } from '@umuhuza/service/clock';
import type { CooperationBook } from './cooperationBook.ts';
import type { InterestBook } from './interestBook.ts';
import type { Invitations } from './invitations.ts';
import type { Market } from './market.ts';
import type { Organisations } from './organisations.ts';
import { considerFirmWhenProfilePublished } from './reactions/considerFirmWhenProfilePublished.ts';
import { drawFirmsWhenTenderPublished } from './reactions/drawFirmsWhenTenderPublished.ts';
import { endCooperationWhenAwardLapsed } from './reactions/endCooperationWhenAwardLapsed.ts';
import { forgetFirmWhenProfileWithdrawn } from './reactions/forgetFirmWhenProfileWithdrawn.ts';
import { introduceBothWhenCooperationStarted } from './reactions/introduceBothWhenCooperationStarted.ts';
import { knowOrganisationWhenRegistered } from './reactions/knowOrganisationWhenRegistered.ts';
import { rememberWhomTheBuyerInvites } from './reactions/rememberWhomTheBuyerInvites.ts';
import { startCooperationWhenInterestAccepted } from './reactions/startCooperationWhenInterestAccepted.ts';
import { startCooperationWhenLotAwarded } from './reactions/startCooperationWhenLotAwarded.ts';
import { stopMatchingWhenBiddingEnds } from './reactions/stopMatchingWhenBiddingEnds.ts';
import type { Telling } from './telling.ts';
import type { TenderMatchBook } from './tenderMatchBook.ts';

export type Deps = {
  readonly market: Market;
  readonly telling: Telling;
  readonly matches: TenderMatchBook;
  readonly invitations: Invitations;
  readonly interests: InterestBook;
  readonly cooperations: CooperationBook;
  readonly organisations: Organisations;
  readonly clock: Clock;
};

/** Everything this service hears. */
export const hearing = (deps: Deps): Reactions => ({
  'identity.OrganisationRegistered': knowOrganisationWhenRegistered(deps),
  'identity.MembersChanged': knowOrganisationWhenRegistered(deps),
  'profiles.ProfilePublished': considerFirmWhenProfilePublished(deps),
  'profiles.ProfileChanged': considerFirmWhenProfilePublished(deps),
  'profiles.ProfileWithdrawn': forgetFirmWhenProfileWithdrawn(deps),
  'tenders.TenderPublished': drawFirmsWhenTenderPublished(deps),
  'tenders.TenderAmended': drawFirmsWhenTenderPublished(deps),
  'tenders.FirmsInvited': rememberWhomTheBuyerInvites(deps),
  'tenders.BiddingClosed': stopMatchingWhenBiddingEnds(deps),
  'tenders.TenderCancelled': stopMatchingWhenBiddingEnds(deps),
  'tenders.TenderUnsuccessful': stopMatchingWhenBiddingEnds(deps),
  'tenders.LotAwarded': startCooperationWhenLotAwarded(deps),
  'tenders.AwardLapsed': endCooperationWhenAwardLapsed(deps),
  'matching.InterestAccepted': startCooperationWhenInterestAccepted(deps),
  'matching.CooperationStarted': introduceBothWhenCooperationStarted(deps),
});
