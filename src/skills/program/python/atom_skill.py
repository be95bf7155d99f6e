"""A skill for atom: a function with type hints and a docstring below @skill, then run(). Python 3.9 or later."""
import inspect, itertools, json, os, sys, traceback, types, typing
KINDS = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null", list: "array", dict: "object"}
numbers, found, out = itertools.count(1), {}, os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1), sys.stdout.reconfigure(line_buffering=True)  # What a skill prints is no message to atom: it goes to standard error.

def say(**message): print(json.dumps({"jsonrpc": "2.0", **message}), file=out, flush=True)
def tell(method, params, **id): say(method=method, params={name: one for name, one in params.items() if one is not None}, **id)

def ask(method, /, **params):
    """Asks atom, which decides: what it refuses is a RuntimeError in its words."""
    tell(method, params, id=(number := next(numbers)))
    for message in map(json.loads, sys.stdin):
        if message.get("method") == "cancel": break
        if message["id"] == number and "error" in message: raise RuntimeError(message["error"]["message"])
        if message["id"] == number: return message["result"]
    raise SystemExit("stopped")

ctx = types.SimpleNamespace(
    read=lambda path: ask("fs.read", path=path), list=lambda path=".": ask("fs.list", path=path),
    write=lambda path, text: ask("fs.write", path=path, text=text),
    fetch=lambda url, method=None, headers=None, body=None: ask("fetch", url=url, method=method, headers=headers, body=body),
    exec=lambda argv, cwd=None, stdin=None: ask("exec", argv=argv, cwd=cwd, stdin=stdin),
    remind=lambda when, text: ask("remind", when=when, text=text), progress=lambda text=None, done=None, total=None: tell("progress", {"text": text, "done": done, "total": total}),
    remember=lambda text, note=None: ask("memory.write", text=text, note=note), forget=lambda note: ask("memory.forget", note=note), remembered=lambda words=None, note=None: ask("memory.search", words=words) if note is None else ask("memory.read", note=note), secret=lambda name: ask("secret", name=name), log=lambda text: tell("log", {"text": str(text)}))

def schema(hint):
    kind, of = typing.get_origin(hint) or hint, list(typing.get_args(hint))
    if kind is typing.Literal: return {"enum": of}
    if kind in (typing.Union, getattr(types, "UnionType", None)): return {"anyOf": [schema(one) for one in of]}
    inner = {list: "items", dict: "additionalProperties"}
    return {"type": KINDS[kind], **({inner[kind]: schema(of[-1])} if kind in inner else {})}

def fits(value, to):
    if "anyOf" in to: return any(fits(value, one) for one in to["anyOf"])
    if "enum" in to: return any(type(one) is type(value) and one == value for one in to["enum"])
    parts = {list: lambda: value, dict: lambda: value.values()}.get(type(value), list)
    alike = KINDS[type(value)] == to["type"] or (type(value) is int and to["type"] == "number")
    return alike and all(fits(one, to.get("items") or to["additionalProperties"]) for one in parts())

def skill(function=None, **said):
    """Makes a function the skill of its program; `said` is what else stands in its skill.json."""
    if function is None: return lambda one: skill(one, **said)
    takes, hints = inspect.signature(function).parameters, typing.get_type_hints(function)
    known, needs = {name: schema(hints[name]) for name in takes}, [name for name, one in takes.items() if one.default is one.empty]
    about = {"name": function.__name__.replace("_", "-"), "description": inspect.getdoc(function), "version": "1.0.0", **said}
    shape = {"type": "object", "properties": known, "required": needs, "additionalProperties": False}
    def call(values):
        wrong = [f"{one} is missing" for one in needs if one not in values]
        wrong += [f"{at} is not {known.get(at, 'known')}" for at, one in values.items() if not fits(one, known.get(at, {"enum": []}))]
        if wrong: raise TypeError("The input is wrong: " + "; ".join(wrong))
        return function(**values)
    return found.update(describe=lambda _: {**about, "input": shape}, call=lambda params: call(params["input"])) or function

def run():
    if "describe" in sys.argv: return print(json.dumps({**found["describe"](0), "command": ["python3", sys.argv[0]]}, indent=2), file=out)
    for message in (one for one in map(json.loads, sys.stdin) if "id" in one):
        try: say(id=message["id"], result=found[message["method"]](message.get("params")))
        except Exception as error: traceback.print_exc(), say(id=message["id"], error={"code": -32000, "message": str(error)})
