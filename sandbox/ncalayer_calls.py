"""What NCALayer answers to each method of its two modules; the wording of failures is that of the real program."""

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any, Final

from sandbox.key_choice import Asked, Choice, Who
from sandbox.keys import Key, Keyring, RefusedToSignError

BASICS: Final = "kz.gov.pki.knca.basics"
COMMON_UTILS: Final = "kz.gov.pki.knca.commonUtils"
STORAGES: Final = frozenset(
    {
        "PKCS12", "JKS", "AKKaztokenStore", "AKKZIDCardStore", "AKEToken72KStore", "AKEToken5110Store",
        "AKJaCartaStore", "AKAKEYStore",
    }
)  # fmt: skip
TOKEN: Final = "AKKaztokenStore"  # noqa: S105  (the name of a device)
MAX_LOGO: Final = 50_000
_SIGNING: Final = "1.3.6.1.5.5.7.3.4"
_AUTHENTICATION: Final = "1.3.6.1.5.5.7.3.2"

Answer = dict[str, Any]


class _WrongCallError(Exception):
    """The call is malformed; the text is what the program says about it."""


class _CanceledError(Exception):
    """The person closed the window, or no key there fits."""


class Calls:
    """Answers of the program to one message; it keeps nothing between messages."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def answer(self, message: str, choice: Choice) -> Answer:
        """The answer to one text message of a page; never raises for anything a page can send."""
        try:
            call = json.loads(message)
        except (ValueError, RecursionError):
            return _failure("org.json.JSONException: a JSONObject text must begin with '{'")
        if not isinstance(call, dict):
            return _failure("org.json.JSONException: a JSONObject text must begin with '{'")
        match call.get("module"):
            case "kz.gov.pki.knca.basics":
                return self._basics(call.get("method"), call.get("args"), choice)
            case "kz.gov.pki.knca.commonUtils":
                return self._common(call.get("method"), call.get("args", []), choice)
        return {
            "status": False,
            "code": "MODULE_NOT_FOUND",
            "message": "A requested module was not found.",
            "details": str(call.get("module")),
        }

    # -- kz.gov.pki.knca.basics

    def _basics(self, method: object, args: object, choice: Choice) -> Answer:
        if method != "sign":
            return {
                "status": False,
                "code": "METHOD_NOT_FOUND",
                "message": "A requested method was not found.",
                "details": str(method),
            }
        try:
            if not isinstance(args, dict):
                raise _WrongCallError('JSONObject["args"] is not a JSONObject.')
            return {"status": True, "body": {"result": self._sign(args, choice)}}
        except _CanceledError:
            return {"status": True, "body": {}}
        except _WrongCallError as problem:
            return _failure(f"org.json.JSONException: {problem}")
        except RefusedToSignError as problem:
            return _failure(str(problem))

    def _sign(self, args: dict[str, Any], choice: Choice) -> Any:
        _check_storages(args.get("allowedStorages"))
        form = args.get("format")
        if form not in ("cms", "xml"):
            raise _WrongCallError(f"No enum constant for format {form!r}")
        data = args.get("data")
        given = data if isinstance(data, list) else [data]
        pieces = [piece for piece in given if isinstance(piece, str)]
        if not pieces or len(pieces) < len(given):
            raise _WrongCallError('JSONObject["data"] is not a string.')
        params = _object(args, "signingParams")
        asked = _asked(_object(args, "signerParams"))
        if len(str(args.get("logo") or "")) > MAX_LOGO:
            raise _WrongCallError('JSONObject["logo"] is too long.')
        key = self._key(choice, asked)
        make = self._cms if form == "cms" else self._xml
        made = [make(key, piece, params) for piece in pieces]
        # One XML comes back in a list, one CMS alone: so does the real program.
        signatures = made if isinstance(data, list) or form == "xml" else made[0]
        if params.get("outputCert") is True:
            return {"signatures": signatures, "certificate": key.pem}
        return signatures

    def _cms(self, key: Key, piece: str, params: dict[str, Any]) -> str:
        content = _decoded(piece) if params.get("decode") is True else piece.encode()
        stamp = isinstance(params.get("tsaProfile"), dict)
        if params.get("digested") is True:
            if params.get("encapsulate") is True:
                raise _WrongCallError("A digest cannot be encapsulated.")
            return self._keyring.cms_of_digest(key, content, time_stamp=stamp)
        attached = params.get("encapsulate") is True
        return self._keyring.cms(key, content, attached=attached, time_stamp=stamp)

    def _xml(self, key: Key, piece: str, params: dict[str, Any]) -> str:
        return self._keyring.xml(key, piece)

    # -- kz.gov.pki.knca.commonUtils

    def _common(self, method: object, args: object, choice: Choice) -> Answer:
        calls: dict[str, Callable[[list[Any], Choice], Any]] = {
            "getActiveTokens": self._active_tokens,
            "getKeyInfo": self._key_info,
            "createCAdESFromBase64": self._cades,
            "createCMSSignatureFromBase64": self._cades_with_time,
            "createCAdESFromBase64Hash": self._cades_of_hash,
            "signXml": self._sign_xml,
            "signXmls": self._sign_xmls,
            "changeLocale": self._change_locale,
        }
        call = calls.get(str(method))
        if call is None:
            return {"code": "500", "message": f"java.lang.NoSuchMethodException: {method}"}
        try:
            made = call(args if isinstance(args, list) else [], choice)
        except _WrongCallError:
            message = f"java.lang.IllegalArgumentException: argument type mismatch. Method: {method}"
            return {"code": "500", "message": message}
        except _CanceledError:
            return {"code": "500", "message": "action.canceled"}
        except RefusedToSignError as problem:
            return {"code": "500", "message": str(problem)}
        return {"code": "200"} if made is None else {"code": "200", "responseObject": made}

    def _active_tokens(self, args: list[Any], choice: Choice) -> list[str]:
        return [TOKEN]

    def _key_info(self, args: list[Any], choice: Choice) -> dict[str, str]:
        if len(args) != 1 or args[0] not in STORAGES:
            raise _WrongCallError
        return self._key(choice, Asked()).as_key_info()

    def _cades(self, args: list[Any], choice: Choice) -> str:
        key_type, piece, attach = _positional(args, str, bool)
        key = self._key(choice, _asked_by_type(key_type))
        return self._keyring.cms(key, _decoded(piece), attached=attach, time_stamp=False)

    def _cades_with_time(self, args: list[Any], choice: Choice) -> str:
        key_type, piece, attach = _positional(args, str, bool)
        key = self._key(choice, _asked_by_type(key_type))
        return self._keyring.cms(key, _decoded(piece), attached=attach, time_stamp=True)

    def _cades_of_hash(self, args: list[Any], choice: Choice) -> str:
        key_type, piece = _positional(args, str)
        key = self._key(choice, _asked_by_type(key_type))
        return self._keyring.cms_of_digest(key, _decoded(piece), time_stamp=False)

    def _sign_xml(self, args: list[Any], choice: Choice) -> str:
        key_type, text, _signed_part, _place = _positional(args, str, str, str)
        return self._keyring.xml(self._key(choice, _asked_by_type(key_type)), text)

    def _sign_xmls(self, args: list[Any], choice: Choice) -> list[str]:
        key_type, texts, _signed_part, _place = _positional(args, list, str, str)
        if not texts or not all(isinstance(text, str) for text in texts):
            raise _WrongCallError
        key = self._key(choice, _asked_by_type(key_type))
        return [self._keyring.xml(key, text) for text in texts]

    def _change_locale(self, args: list[Any], choice: Choice) -> None:
        if len(args) != 1 or not isinstance(args[0], str):
            raise _WrongCallError

    def _key(self, choice: Choice, asked: Asked) -> Key:
        key = None if choice.who is Who.CANCEL else self._keyring.find(choice, asked)
        if key is None:
            raise _CanceledError
        return key


def _failure(details: str) -> Answer:
    return {
        "status": False,
        "code": "INVOCATION_ERROR",
        "message": "An invoked method threw an exception.",
        "details": details,
    }


def _object(args: dict[str, Any], name: str) -> dict[str, Any]:
    value = args.get(name)
    if not isinstance(value, dict):
        raise _WrongCallError(f'JSONObject["{name}"] is not a JSONObject.')
    return value


def _check_storages(names: object) -> None:
    if names is None:
        return
    if not isinstance(names, list) or not names or not all(name in STORAGES for name in names):
        raise _WrongCallError('JSONObject["allowedStorages"] is not a JSONArray of known storages.')


def _asked(params: dict[str, Any]) -> Asked:
    usages, chain = params.get("extKeyUsageOids") or [], params.get("chain")
    if not _is_texts(usages):
        raise _WrongCallError('JSONObject["extKeyUsageOids"] is not a JSONArray.')
    if chain is not None and not _is_texts(chain):
        raise _WrongCallError('JSONObject["chain"] is not a JSONArray.')
    texts = {name: params.get(name) or "" for name in ("iin", "bin", "serialNumber")}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise _WrongCallError(f'JSONObject["{name}"] is not a string.')
    return Asked(
        frozenset(usages),
        texts["iin"].removeprefix("IIN"),
        texts["bin"].removeprefix("BIN"),
        texts["serialNumber"],
        None if chain is None else tuple(chain),
    )


def _asked_by_type(key_type: str) -> Asked:
    """An unknown type shows every key; so does the real program."""
    usage = {"SIGNATURE": _SIGNING, "AUTHENTICATION": _AUTHENTICATION}.get(key_type)
    return Asked(frozenset({usage} if usage else ()))


def _positional(args: list[Any], *kinds: type) -> list[Any]:
    """Storage, kind of key and arguments of the given types; gives all but the storage."""
    if len(args) != len(kinds) + 2 or args[0] not in STORAGES:
        raise _WrongCallError
    values = args[1:]
    if not all(isinstance(value, kind) for value, kind in zip(values, (str, *kinds), strict=True)):
        raise _WrongCallError
    return values


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _decoded(text: str) -> bytes:
    """Base64 with or without line breaks."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise RefusedToSignError("java.lang.IllegalArgumentException: Illegal base64 character") from problem
