import pytest, time
from kenes.cases import testing, selectors, card
from kenes.accounts import selectors as acc
def test_x(borrower, today, api_for, manager, supervisor):
    t=time.time(); testing.load_reference_data(); print("load again", time.time()-t)
    t=time.time(); c=testing.make_case(borrower); print("submit", time.time()-t, c.number, c.status, c.urgency, c.next_due)
    r=api_for(borrower).call("get", f"/cases/{c.id}/", X_Demo_Date="2026-11-18"); print(r.status_code, r.content.decode())
    r=api_for(borrower).call("get", f"/cases/{c.id}/timeline/"); print(r.status_code, r.content.decode())
    r=api_for(manager).call("get", f"/cases/"); print(r.status_code, r.content.decode())
    r=api_for(manager).call("get", f"/cases/counts/"); print(r.status_code, r.content.decode())
    r=api_for(manager).call("post", f"/cases/search/", {"query":"досымов 4417"}); print(r.status_code, r.content.decode())
