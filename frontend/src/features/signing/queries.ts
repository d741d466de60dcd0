"use client";

import { queryOptions } from "@tanstack/react-query";

import type { QrOperation, RoundSigner, SigningPerson, SigningRound, WayList } from "@/api/signing";
import type { SignatureRequest } from "@/api/types";
import { api } from "@/lib/api-client";

export const signingKeys = {
  all: ["signing"] as const,
  own: (documentId: string) => [...signingKeys.all, "own", documentId] as const,
  representatives: () => [...signingKeys.all, "representatives"] as const,
  request: (requestId: string) => [...signingKeys.all, "request", requestId] as const,
  ways: (requestId: string) => [...signingKeys.all, "ways", requestId] as const,
  qr: (operationId: string) => [...signingKeys.all, "qr", operationId] as const,
};

const QR_LOOK_MS = 2_000;
const PAPER_LOOK_MS = 15_000;

/** What this person is asked to do with a document. */
export interface OwnPart {
  requestId: string;
  role: RoundSigner["role"];
  status: RoundSigner["status"];
  isTurn: boolean;
  canDelegate: boolean;
  /** Who has to answer still, beside this person; those whose turn comes before stand first. */
  others: string[];
  /** Who answers before, where the order is kept. */
  before: string[];
}

const OPEN: readonly string[] = ["pending", "in_progress", "on_check"];
const isWaitedFor = (signer: RoundSigner) => signer.role !== "copy" && OPEN.includes(signer.status);

/** Others sign, and this person only reads: his own signature is not asked for. */
const readerAmong = (others: readonly RoundSigner[]): OwnPart => ({
  requestId: "",
  role: "copy",
  status: "copy",
  isTurn: false,
  canDelegate: false,
  others: others.map((one) => one.person.name),
  before: [],
});

const partIn = (round: SigningRound): OwnPart | null => {
  const own = round.signers.filter((signer) => signer.is_me && signer.role !== "copy");
  // Somebody may sign for himself and for another: what is still open comes first, his turn before the rest.
  const mine = own.find((one) => isWaitedFor(one) && one.is_turn) ?? own.find(isWaitedFor) ?? own[0];
  const others = round.signers.filter((one) => one.id !== mine?.id && isWaitedFor(one));
  if (!mine) return round.status === "open" ? readerAmong(others) : null;
  return {
    requestId: mine.id,
    role: mine.role,
    status: mine.status,
    isTurn: mine.is_turn,
    canDelegate: mine.allowed_actions.includes("delegate"),
    others: others.map((one) => one.person.name),
    before: round.is_ordered
      ? others.filter((one) => one.position < mine.position).map((one) => one.person.name)
      : [],
  };
};

/** The part in an open round, or a request of one's own, which the server opens once however often it is asked. */
const ownPart = async (
  documentId: string,
  canOpen: boolean,
  signal: AbortSignal,
): Promise<OwnPart | null> => {
  const round = await api.get<SigningRound>(`/documents/${documentId}/signing/`, { signal });
  const found = partIn(round);
  // Signers who were chosen are not pushed aside by opening the page: after handing it over, the representative signs.
  if (!canOpen || round.status === "open") return found;
  // A part that ended without a signature does not stand in the way of the next.
  if (found && [...OPEN, "signed", "approved"].includes(found.status)) return found;
  const made = await api.post<SignatureRequest>(`/documents/${documentId}/signature-requests/`);
  return {
    requestId: made.id,
    role: "signer",
    status: made.status,
    isTurn: true,
    canDelegate: true,
    others: [],
    before: [],
  };
};

/** `canOpen`: the document itself waits for this person's signature. */
export const ownPartQuery = (documentId: string, canOpen: boolean) =>
  queryOptions({
    queryKey: [...signingKeys.own(documentId), canOpen],
    queryFn: ({ signal }) => ownPart(documentId, canOpen, signal),
    refetchOnWindowFocus: false,
    staleTime: 60_000,
    retry: false,
  });

/** Those who hold a power to sign for this person. */
export const representativesQuery = queryOptions({
  queryKey: signingKeys.representatives(),
  queryFn: ({ signal }) =>
    api.get<{ items: SigningPerson[] }>("/signature-requests/representatives/", { signal }),
});

export const isOpenPart = (part: OwnPart): boolean => OPEN.includes(part.status);

export const waysQuery = (requestId: string) =>
  queryOptions({
    queryKey: signingKeys.ways(requestId),
    queryFn: ({ signal }) => api.get<WayList>(`/signature-requests/${requestId}/methods/`, { signal }),
  });

/** The request itself: for a paper that waits for somebody's eyes. */
export const requestQuery = (requestId: string) =>
  queryOptions({
    queryKey: signingKeys.request(requestId),
    queryFn: ({ signal }) => api.get<SignatureRequest>(`/signature-requests/${requestId}/`, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === "on_check" ? PAPER_LOOK_MS : false),
  });

const isMoving = (operation: QrOperation | undefined) =>
  operation === undefined || operation.state === "preparing" || operation.state === "waiting";

/** How far signing by the phone is: looked at every two seconds, also after a lost answer, until it has ended. */
export const qrQuery = (operationId: string) =>
  queryOptions({
    queryKey: signingKeys.qr(operationId),
    queryFn: ({ signal }) => api.get<QrOperation>(`/qr-operations/${operationId}/`, { signal }),
    refetchInterval: ({ state }) => (isMoving(state.data) ? QR_LOOK_MS : false),
    // The person is in another application meanwhile.
    refetchIntervalInBackground: true,
    staleTime: 0,
  });
