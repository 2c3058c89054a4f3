using System.Text.Json.Nodes;

namespace BroadcastCaptions.Obs.Tests.Fake;

/// <summary>An answer of the fake OBS.</summary>
internal sealed record FakeAnswer(int Code, JsonObject? Data = null)
{
    public static FakeAnswer Ok { get; } = new(100);

    public static FakeAnswer NotFound { get; } = new(600);

    public static FakeAnswer NotReady { get; } = new(207);
}

/// <summary>An input of the fake OBS.</summary>
internal sealed record FakeInput(string Name, string Kind, JsonObject Settings)
{
    public bool Muted { get; set; }
}

/// <summary>Scenes, inputs and items, as far as captions need them; what was asked is remembered.</summary>
internal sealed class FakeObsWorld
{
    private readonly Lock _lock = new();
    private readonly List<(string Type, JsonObject Fields)> _requests = [];
    private int _lastItem;
    private int _frames;

    public List<string> Scenes { get; } = ["Scene"];

    public Dictionary<string, FakeInput> Inputs { get; } = [];

    /// <summary>Scene → name of the source → id and transform.</summary>
    public Dictionary<(string Scene, string Source), (int Id, JsonObject Transform)> Items { get; } = [];

    /// <summary>Inputs that were removed, but live on while a scene holds them.</summary>
    public HashSet<string> Removed { get; } = [];

    public Dictionary<string, string> SpecialInputs { get; } = [];

    /// <summary>What was written into a text input, in order.</summary>
    public IReadOnlyList<string> Texts(string input)
    {
        lock (_lock)
        {
            return [.. _requests.Where(r => r.Type == "SetInputSettings" && (string?)r.Fields["inputName"] == input)
                .Select(r => (string)r.Fields["inputSettings"]!["text"]!)];
        }
    }

    public int Count(string request)
    {
        lock (_lock) return _requests.Count(r => r.Type == request);
    }

    public void Change(Action<FakeObsWorld> change)
    {
        lock (_lock) change(this);
    }

    public T Read<T>(Func<FakeObsWorld, T> read)
    {
        lock (_lock) return read(this);
    }

    public void AddInput(string name, string kind, string? device = null, bool muted = false)
    {
        var settings = device is null ? new JsonObject() : new JsonObject { ["device_id"] = device };
        lock (_lock) Inputs[name] = new FakeInput(name, kind, settings) { Muted = muted };
    }

    public FakeAnswer Answer(string type, JsonObject fields)
    {
        lock (_lock)
        {
            _requests.Add((type, (JsonObject)fields.DeepClone()));
            return Handle(type, fields, (string?)fields["inputName"], (string?)fields["sceneName"] ?? "", (string?)fields["sourceName"] ?? "");
        }
    }

    private FakeAnswer Handle(string type, JsonObject fields, string? input, string scene, string source) => type switch
    {
        "GetVersion" => Data(("obsVersion", "29.0.2"), ("obsWebSocketVersion", "5.1.0"), ("platform", "linux"), ("availableRequests", new JsonArray())),
        "GetSceneList" => Data(("currentProgramSceneName", Scenes.FirstOrDefault()), ("scenes", Array(Scenes, name => new JsonObject { ["sceneName"] = name }))),
        "GetInputList" => Data(("inputs", Array(Inputs.Values, i => new JsonObject { ["inputName"] = i.Name, ["inputKind"] = i.Kind, ["unversionedInputKind"] = i.Kind }))),
        "GetInputKindList" => Data(("inputKinds", new JsonArray("image_source", "text_ft2_source_v2", "pulse_input_capture"))),
        "GetStats" => Data(("renderTotalFrames", ++_frames)),
        "GetVideoSettings" => Data(("baseWidth", 1280), ("baseHeight", 720)),
        "GetSpecialInputs" => Data([.. SpecialInputs.Select(pair => (pair.Key, (JsonNode?)pair.Value))]),
        "BroadcastCustomEvent" => FakeAnswer.Ok,
        "CreateInput" => Create(fields, input!, scene),
        "CreateSceneItem" when Removed.Contains(source) => new FakeAnswer(700),
        "RemoveSceneItem" => RemoveItem(fields, scene),
        "CreateSceneItem" => Inputs.ContainsKey(source) ? Data(("sceneItemId", AddItem(scene, source))) : FakeAnswer.NotFound,
        "GetSceneItemId" => Items.TryGetValue((scene, source), out var item) ? Data(("sceneItemId", item.Id)) : FakeAnswer.NotFound,
        "GetSceneItemTransform" => Data(("sceneItemTransform", Transform(fields, scene).DeepClone())),
        "SetSceneItemTransform" => Merge(Transform(fields, scene), fields["sceneItemTransform"]!.AsObject()),
        "SetSceneItemEnabled" => FakeAnswer.Ok,
        _ => Inputs.TryGetValue(input ?? "", out var found) ? HandleInput(type, fields, found) : FakeAnswer.NotFound,
    };

    private static FakeAnswer HandleInput(string type, JsonObject fields, FakeInput found) => type switch
    {
        "GetInputSettings" => Data(("inputSettings", found.Settings.DeepClone())),
        "GetInputMute" => Data(("inputMuted", found.Muted)),
        "SetInputSettings" => Merge(found.Settings, fields["inputSettings"]!.AsObject()),
        _ => new FakeAnswer(204),
    };

    private FakeAnswer Create(JsonObject fields, string input, string scene)
    {
        if (Inputs.ContainsKey(input) || Scenes.Contains(input)) return new FakeAnswer(601);
        Inputs[input] = new FakeInput(input, (string)fields["inputKind"]!, (JsonObject)fields["inputSettings"]!.DeepClone());
        return Data(("sceneItemId", AddItem(scene, input)));
    }

    private FakeAnswer RemoveItem(JsonObject fields, string scene)
    {
        var key = Items.First(item => item.Key.Scene == scene && item.Value.Id == (int)fields["sceneItemId"]!).Key;
        Items.Remove(key);
        if (!Items.Keys.Any(item => item.Source == key.Source) && Removed.Remove(key.Source)) Inputs.Remove(key.Source);
        return FakeAnswer.Ok;
    }

    private int AddItem(string scene, string source)
    {
        Items[(scene, source)] = (++_lastItem, new JsonObject { ["positionX"] = 0, ["positionY"] = 0, ["sourceHeight"] = 88, ["boundsWidth"] = 0 });
        return _lastItem;
    }

    private JsonObject Transform(JsonObject fields, string scene) =>
        Items.First(item => item.Key.Scene == scene && item.Value.Id == (int)fields["sceneItemId"]!).Value.Transform;

    private static FakeAnswer Merge(JsonObject into, JsonObject from)
    {
        foreach (var (key, value) in from) into[key] = value?.DeepClone();
        return FakeAnswer.Ok;
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> json) => new([.. items.Select(json)]);

    private static FakeAnswer Data(params IEnumerable<(string Key, JsonNode? Value)> fields)
    {
        var data = new JsonObject();
        foreach (var (key, value) in fields) data[key] = value;
        return new FakeAnswer(100, data);
    }
}
