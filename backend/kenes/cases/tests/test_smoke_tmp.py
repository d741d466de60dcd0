import pytest, time, json, collections
from kenes.cases import testing, demo, services, listing
from kenes.cases.models import *
from kenes.accounts import demo as dp
from kenes.foundation.actor import Actor
def test_demo(reference, settings):
    settings.DEMO=True
    dp.load()
    t=time.time(); n=demo.load_demo_cases(60); print(n, time.time()-t)
    print(collections.Counter(Case.objects.values_list("status",flat=True)), collections.Counter(Case.objects.values_list("urgency",flat=True)))
    t=time.time(); n=demo.load_demo_cases(60); print(n, time.time()-t)
def test_bulk(reference, supervisor, api_for, django_assert_num_queries):
    t=time.time(); testing.bulk_cases(2000); print(time.time()-t)
    c=api_for(supervisor)
    for p in ["/cases/","/cases/?sort=next_deadline","/cases/?sort=urgency&status=active","/cases/counts/"]:
        t=time.time(); r=c.call("get",p); print(p, r.status_code, time.time()-t, str(r.json())[:300])
    nc=r
    r=c.call("get","/cases/?limit=2"); cur=r.json()["next_cursor"]; r=c.call("get",f"/cases/?limit=2&cursor={cur}"); print(r.status_code)
    t=time.time(); r=c.call("post","/cases/search/",{"query":"Ахметова каспи"}); print(r.status_code, time.time()-t, str(r.json())[:500])
