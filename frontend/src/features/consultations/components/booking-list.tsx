"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { ListFrame } from "@/components/desk/list-frame";
import { Tabs } from "@/components/desk/tabs";

import { bookingsQuery } from "../queries";
import { BookingCard } from "./booking-card";

/** Consultations ahead and behind, of who booked them or of who gives them. */
export const BookingList = ({ asHost }: { asHost: boolean }) => {
  const t = useTranslations("consultations.list");
  const [when, setWhen] = useState<"ahead" | "past">("ahead");
  const query = useInfiniteQuery(bookingsQuery(asHost, when));
  const bookings = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="flex flex-col gap-4">
      <Tabs
        label={t("label")}
        value={when}
        onValue={(value) => setWhen(value === "past" ? "past" : "ahead")}
        tabs={[
          { value: "ahead", label: t("ahead") },
          { value: "past", label: t("past") },
        ]}
      />
      <ListFrame
        query={query}
        count={bookings.length}
        empty={{ title: when === "ahead" ? t("emptyAhead") : t("emptyPast"), text: t("emptyText") }}
      >
        <ul className="grid gap-3 lg:grid-cols-2">
          {bookings.map((booking) => (
            <BookingCard key={booking.id} booking={booking} />
          ))}
        </ul>
      </ListFrame>
    </section>
  );
};
