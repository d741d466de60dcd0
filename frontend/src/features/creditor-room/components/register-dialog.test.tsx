import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { renderScreen } from "@/testing/render";

import type { RoomLetterDetail } from "../types";
import { RegisterDialog } from "./register-dialog";

test("a letter that came after midnight in Almaty came on the new day, whatever the day in Greenwich", () => {
  const letter = { id: "1", since: "2026-11-26T20:50:00Z" } as RoomLetterDetail;
  renderScreen(<RegisterDialog letter={letter} onClose={vi.fn()} />);
  expect(screen.getByLabelText("Дата получения")).toHaveValue("27.11.2026");
});
