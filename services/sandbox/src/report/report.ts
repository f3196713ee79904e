/** A company as it was known when the report was handed over; the name is null where it had not been learned. */
export type Party = { readonly organisationId: string; readonly name: string | null };

/**
 * What becomes of a finding. The guest approves it, rejects it or asks for information, which the host gives; a rejection the host may
 * dispute, and a dispute is settled by the one who gives in: nobody decides for the other.
 */
export type FindingStatus = 'new' | 'approved' | 'rejected' | 'information-asked' | 'disputed' | 'settled';
export type Said = {
  readonly by: 'host' | 'guest';
  readonly act: FindingAct;
  readonly text: string | null;
  readonly at: string;
};
export type FindingAct = 'approve' | 'reject' | 'ask' | 'answer' | 'dispute' | 'settle';
export type Finding = {
  readonly id: string;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly status: FindingStatus;
  /** How a dispute ended: the guest accepted the finding, or the host withdrew it. */
  readonly outcome?: 'upheld' | 'withdrawn';
  readonly talk: readonly Said[];
};

/** A file that shows something, by the SHA-256 of its bytes. */
export type Evidence = {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly findingId?: string;
  readonly addedAt: string;
  /** The file its bytes lie in; evidence of before lies under its hash. */
  readonly file?: string;
};

/** What one of the testers said; a label, not a name. */
export type Feedback = {
  readonly tester: string;
  readonly rating: number;
  readonly comment?: string | undefined;
  readonly at: string;
};

/** What was agreed for the test when it was booked: data, law, people, and the terms that the guest accepted. */
export type Agreed = {
  readonly data: 'no-personal-data' | 'test-data' | 'consented-users';
  readonly law?: string;
  readonly notes?: string;
  readonly panel?: {
    readonly size: number;
    readonly languages: readonly {
      readonly language: string;
      readonly level: 'A1' | 'A2' | 'B1' | 'B2' | 'C1' | 'C2' | 'native';
    }[];
    readonly profile: string;
  };
  readonly terms?: { readonly version: number; readonly hash: string };
};

export type Tested = {
  readonly environmentId: string;
  readonly slotId: string;
  readonly title: string;
  readonly host: Party;
  readonly guest: Party;
  readonly mayBeNamed: boolean;
  readonly product: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** Reports of before have none. */
  readonly agreed?: Agreed;
};

type Written = {
  /** The booking it is about. */
  readonly id: string;
  readonly tested: Tested;
  readonly summary: string;
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  readonly feedback: readonly Feedback[];
  readonly handedOverAt: string;
};
export type KnownReport =
  | ({ readonly status: 'handed-over' } & Written)
  | ({ readonly status: 'finished'; readonly finishedAt: string; readonly digest: string; readonly signature: string } & Written);
export type Report = { readonly status: 'none' } | KnownReport;

export const noReport: Report = { status: 'none' };

export type ReportFact =
  | {
      readonly type: 'ReportHandedOver';
      readonly reportId: string;
      readonly tested: Tested;
      readonly summary: string;
      readonly findings: readonly Pick<Finding, 'id' | 'title' | 'detail' | 'severity'>[];
      readonly at: string;
    }
  | ({
      readonly type: 'FindingMoved';
      readonly findingId: string;
      readonly to: FindingStatus;
      readonly outcome?: 'upheld' | 'withdrawn';
    } & Said)
  | { readonly type: 'EvidenceAdded'; readonly evidence: Evidence }
  | { readonly type: 'FeedbackGiven'; readonly feedback: Feedback }
  | { readonly type: 'ReportFinished'; readonly digest: string; readonly signature: string; readonly at: string };

export const evolve = (report: Report, fact: ReportFact): Report => {
  if (fact.type === 'ReportHandedOver') {
    const { reportId: id, tested, summary, at } = fact;
    const findings = fact.findings.map((finding): Finding => ({ ...finding, status: 'new', talk: [] }));
    return { status: 'handed-over', id, tested, summary, findings, evidence: [], feedback: [], handedOverAt: at };
  }
  if (report.status === 'none') return report;
  switch (fact.type) {
    case 'FindingMoved': {
      const { findingId, to, outcome, by, act, text, at } = fact;
      const said: Said = { by, act, text, at };
      return {
        ...report,
        findings: report.findings.map((finding) =>
          finding.id === findingId
            ? { ...finding, status: to, ...(outcome === undefined ? {} : { outcome }), talk: [...finding.talk, said] }
            : finding,
        ),
      };
    }
    case 'EvidenceAdded':
      return { ...report, evidence: [...report.evidence, fact.evidence] };
    case 'FeedbackGiven':
      return { ...report, feedback: [...report.feedback, fact.feedback] };
    case 'ReportFinished':
      return { ...report, status: 'finished', finishedAt: fact.at, digest: fact.digest, signature: fact.signature };
  }
};
