import type { RoomLetter } from "../types";

/** A letter of the room as the API gives it. */
export const roomLetter = (id: string, extra: Partial<RoomLetter> = {}): RoomLetter => ({
  id,
  tab: "new",
  case_id: "c1",
  case_number: `KH-2026-00000${id}`,
  borrower_name: "Омаров Серик",
  masked_iin: "••••••••0122",
  creditor_name: "МФО",
  contract_number: "МК-1",
  debt_tiyn: 50_000_000,
  state: "SENT",
  state_label: "Заявление отправлено",
  since: "2026-11-20T05:00:00Z",
  due: "2026-12-05",
  days_left: 9,
  incoming_number: "",
  received_on: null,
  assignee: null,
  answerable: true,
  ...extra,
});
