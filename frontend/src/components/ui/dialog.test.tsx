import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import { Button } from "@/components/ui/button";
import { renderScreen } from "@/testing/render";

import { Dialog } from "./dialog";

const Screen = () => {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Открыть</Button>
      {isOpen && (
        <Dialog open onOpenChange={setOpen} title="Окно" closeLabel="Закрыть">
          <input aria-label="Поле" />
        </Dialog>
      )}
    </>
  );
};

test("a window that closes gives the focus back to what opened it", async () => {
  renderScreen(<Screen />);
  const button = screen.getByRole("button", { name: "Открыть" });
  await userEvent.click(button);
  expect(screen.getByRole("dialog", { name: "Окно" })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await vi.waitFor(() => expect(button).toHaveFocus());
});
