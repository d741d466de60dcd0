"""gunicorn for the API: threads under WSGI serve several times what an ASGI server does (facts of the stack)."""

workers = 2
threads = 4
worker_class = "gthread"
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
accesslog = None
forwarded_allow_ips = "127.0.0.1"
