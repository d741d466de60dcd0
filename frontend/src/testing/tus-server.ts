import { http, HttpResponse } from "msw";

import { API } from "./server";

interface Kept {
  size: number;
  name: string;
  bytes: number;
}

const PART = 256 * 1024;

const nameIn = (metadata: string): string => {
  const encoded = /filename ([^,]+)/.exec(metadata)?.[1] ?? "";
  return new TextDecoder().decode(Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0)));
};

/** A small tus server for screen tests: what it was asked, and a way to answer one part otherwise. */
export const tusServer = () => {
  const uploads = new Map<string, Kept>();
  const asked: string[] = [];
  /** Answers instead of the server when it returns something. */
  let meddle: (method: string, kept: Kept | undefined) => Response | undefined = () => undefined;
  const at = (id: unknown) => uploads.get(String(id));
  const offsetOf = (kept: Kept) => ({ "Tus-Resumable": "1.0.0", "Upload-Offset": String(kept.bytes) });
  const handlers = [
    http.post(`${API}/uploads/`, ({ request }) => {
      asked.push("POST");
      const refused = meddle("POST", undefined);
      if (refused) return refused;
      const id = `upload-${uploads.size + 1}`;
      const size = Number(request.headers.get("Upload-Length"));
      uploads.set(id, { size, bytes: 0, name: nameIn(request.headers.get("Upload-Metadata") ?? "") });
      return new HttpResponse(null, {
        status: 201,
        headers: { "Tus-Resumable": "1.0.0", Location: `/api/v1/uploads/${id}/` },
      });
    }),
    http.head(`${API}/uploads/:id/`, ({ params }) => {
      asked.push("HEAD");
      const kept = at(params.id);
      if (!kept) return new HttpResponse(null, { status: 404 });
      return new HttpResponse(null, {
        headers: { ...offsetOf(kept), "Upload-Length": String(kept.size), "Cache-Control": "no-store" },
      });
    }),
    http.patch(`${API}/uploads/:id/`, ({ params, request }) => {
      asked.push("PATCH");
      const kept = at(params.id);
      const answer = meddle("PATCH", kept);
      if (answer) return answer;
      if (!kept) return new HttpResponse(null, { status: 404 });
      if (Number(request.headers.get("Upload-Offset")) !== kept.bytes)
        return new HttpResponse(null, { status: 409 });
      // A Blob of jsdom does not get through to here whole: the part is counted instead of read.
      kept.bytes = Math.min(kept.size, kept.bytes + PART);
      return new HttpResponse(null, { status: 204, headers: offsetOf(kept) });
    }),
    http.delete(`${API}/uploads/:id/`, ({ params }) => {
      asked.push("DELETE");
      uploads.delete(String(params.id));
      return new HttpResponse(null, { status: 204, headers: { "Tus-Resumable": "1.0.0" } });
    }),
  ];
  return {
    handlers,
    uploads,
    asked,
    meddle: (how: typeof meddle) => {
      meddle = how;
    },
  };
};
