using System.Text.Json;
using System.Text.Json.Nodes;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Obs.Protocol;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Obs.Text;

/// <summary>What there is of a caption source.</summary>
/// <param name="Created">Was it made just now?</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Scenes">How many scenes there are; it has an item in each.</param>
internal sealed record CaptionSourceState(bool Created, string Kind, int Scenes);

/// <summary>
/// The text input with an item in every scene. What is missing is made; what is there keeps the user's look and place,
/// and new items take the place of one that is there.
/// </summary>
internal sealed class CaptionSource(ObsClient client, string name, DisplayOptions display)
{
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // OBS takes a source's new text in as it begins a frame, but shows and hides at once.
    private const int FramesToTakeIn = 2;
    private const int LooksForFrames = 50;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="CaptionsException">OBS offers no text source, or the name is taken by something else.</exception>
    public async Task<CaptionSourceState> EnsureAsync(CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var scenes = await new SceneList(client).WhenLoadedAsync(cancellation);
            var existing = await KindAsync(cancellation);
            var kind = existing ?? await CreateAsync(scenes.Current, cancellation);
            if (await PlaceAsync(scenes.All, cancellation)) return new CaptionSourceState(existing is null, kind, scenes.All.Count);
            await LetGoAsync(scenes.All, cancellation);
            await Task.Delay(Pause, cancellation);
        }

        throw new CaptionsException($"OBS does not let the text source \"{name}\" into every scene.", "Remove it from all scenes in OBS; it is made anew.");
    }

    /// <summary>Shows this text.</summary>
    /// <exception cref="ObsRequestException">The source is gone (<see cref="ObsStatus.ResourceNotFound"/>), or another error.</exception>
    public Task ShowAsync(string text, CancellationToken cancellation) => client.RequestAsync(
        "SetInputSettings",
        new JsonObject { ["inputName"] = name, ["inputSettings"] = new JsonObject { ["text"] = text }, ["overlay"] = true },
        cancellation);

    /// <summary>The kind of the input; null where there is none.</summary>
    /// <exception cref="CaptionsException">Something of that name is no text input.</exception>
    public async Task<string?> KindAsync(CancellationToken cancellation)
    {
        var inputs = await client.RequestAsync("GetInputList", null, cancellation);
        var kind = inputs.Items("inputs").Where(input => input.Text("inputName") == name).Select(input => input.Text("inputKind")).FirstOrDefault();
        if (kind is null || TextKind.IsText(kind)) return kind;
        throw NameTaken($"of the kind {kind}");
    }

    /// <summary>The scenes among these in which the source has an item, with its item's number.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ItemsAsync(IReadOnlyList<string> scenes, CancellationToken cancellation)
    {
        var ids = await client.BatchAsync(
            scenes.Select(scene => new ObsRequest("GetSceneItemId", new JsonObject { ["sceneName"] = scene, ["sourceName"] = name })), cancellation);
        return scenes.Zip(ids).Where(pair => pair.Second.Succeeded)
            .ToDictionary(pair => pair.First, pair => pair.Second.Data.IntegerOr("sceneItemId", 0), StringComparer.Ordinal);
    }

    private async Task<string> CreateAsync(string scene, CancellationToken cancellation)
    {
        var kinds = await client.RequestAsync("GetInputKindList", null, cancellation);
        var kind = TextKind.Best(kinds.Items("inputKinds").Select(item => item.GetString() ?? ""))
            ?? throw new CaptionsException("This OBS has no text source.", "Install OBS's text plug-in (text-freetype2, or obs-text on Windows).");
        var version = await ObsVersion.AskAsync(client, cancellation);
        var style = await StyleAsync(cancellation);
        var settings = style.Settings(kind, version.Platform);
        settings["text"] = CaptionBlock.Measure(display.Lines);
        var item = await CreateHiddenAsync(scene, kind, settings, cancellation);
        var height = (await TransformAsync(scene, item, cancellation)).NumberOr("sourceHeight", 0);
        await TransformItemsAsync([(scene, item)], style.Transform(height > 0 ? height : style.EstimatedHeight(display.Lines)), cancellation);
        await ShowAsync(CaptionBlock.Empty, cancellation);
        await TakenInAsync(cancellation);
        await client.RequestAsync(
            "SetSceneItemEnabled", new JsonObject { ["sceneName"] = scene, ["sceneItemId"] = item, ["sceneItemEnabled"] = true }, cancellation);
        return kind;
    }

    // A second at most: an OBS that renders nothing shows nothing either.
    private async Task TakenInAsync(CancellationToken cancellation)
    {
        var before = await FramesAsync(cancellation);
        for (var look = 0; look < LooksForFrames && await FramesAsync(cancellation) < before + FramesToTakeIn; look++) await Task.Delay(BetweenLooks, cancellation);
    }

    private async Task<int> FramesAsync(CancellationToken cancellation) =>
        (await client.RequestAsync("GetStats", null, cancellation)).IntegerOr("renderTotalFrames", 0);

    // Hidden, because it is measured with letters that nobody should see.
    private async Task<int> CreateHiddenAsync(string scene, string kind, JsonObject settings, CancellationToken cancellation)
    {
        var request = new JsonObject
        {
            ["sceneName"] = scene,
            ["inputName"] = name,
            ["inputKind"] = kind,
            ["inputSettings"] = settings,
            ["sceneItemEnabled"] = false,
        };
        try
        {
            return (await client.RequestAsync("CreateInput", request, cancellation)).IntegerOr("sceneItemId", 0);
        }
        catch (ObsRequestException e) when (e.Status == ObsStatus.ResourceAlreadyExists)
        {
            throw NameTaken("that is not an input"); // a scene: inputs and scenes share their names
        }
    }

    private async Task<TextStyle> StyleAsync(CancellationToken cancellation)
    {
        var video = await client.RequestAsync("GetVideoSettings", null, cancellation);
        return TextStyle.For(video.IntegerOr("baseWidth", 1920), video.IntegerOr("baseHeight", 1080), display);
    }

    /// <returns>False where OBS refuses.</returns>
    private async Task<bool> PlaceAsync(IReadOnlyList<string> scenes, CancellationToken cancellation)
    {
        var items = await ItemsAsync(scenes, cancellation);
        var missing = scenes.Where(scene => !items.ContainsKey(scene)).ToList();
        if (missing.Count == 0) return true;
        var transform = await TransformToCopyAsync(items, cancellation);
        var made = await client.BatchAsync(
            missing.Select(scene => new ObsRequest("CreateSceneItem", new JsonObject { ["sceneName"] = scene, ["sourceName"] = name })), cancellation);
        var places = missing.Zip(made).Where(pair => pair.Second.Succeeded).Select(pair => (pair.First, pair.Second.Data.IntegerOr("sceneItemId", 0)));
        await TransformItemsAsync([.. places], transform, cancellation);
        return made.All(item => item.Succeeded);
    }

    // A source that was removed lives on while a scene that is not shown still holds it, and refuses new items.
    private async Task LetGoAsync(IReadOnlyList<string> scenes, CancellationToken cancellation) => await client.BatchAsync(
        (await ItemsAsync(scenes, cancellation)).Select(item => new ObsRequest(
            "RemoveSceneItem", new JsonObject { ["sceneName"] = item.Key, ["sceneItemId"] = item.Value })),
        cancellation);

    private async Task<JsonObject> TransformToCopyAsync(IReadOnlyDictionary<string, int> items, CancellationToken cancellation)
    {
        if (items.Count > 0) return SceneItemTransform.Copy(await TransformAsync(items.First().Key, items.First().Value, cancellation));
        var style = await StyleAsync(cancellation);
        return style.Transform(style.EstimatedHeight(display.Lines));
    }

    private async Task<JsonElement> TransformAsync(string scene, int item, CancellationToken cancellation)
    {
        var answer = await client.RequestAsync(
            "GetSceneItemTransform", new JsonObject { ["sceneName"] = scene, ["sceneItemId"] = item }, cancellation);
        return answer.Find("sceneItemTransform") ?? default;
    }

    private async Task TransformItemsAsync(IReadOnlyList<(string Scene, int Item)> items, JsonObject transform, CancellationToken cancellation) =>
        await client.BatchAsync(
            items.Select(item => new ObsRequest(
                "SetSceneItemTransform",
                new JsonObject { ["sceneName"] = item.Scene, ["sceneItemId"] = item.Item, ["sceneItemTransform"] = transform.DeepClone() })),
            cancellation);

    private CaptionsException NameTaken(string what) => new(
        $"OBS already has something named \"{name}\" {what}.", "Rename it in OBS, or choose another name for the captions: obs.source.", ExitCode.Usage);
}
