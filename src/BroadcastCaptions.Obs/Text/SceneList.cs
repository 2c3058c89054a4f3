using BroadcastCaptions.Obs.Protocol;

namespace BroadcastCaptions.Obs.Text;

/// <summary>The scenes of the current collection.</summary>
internal sealed class SceneList(ObsClient client)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// All scenes, and the one on air. Waits while OBS loads its collection: it has no current scene then, and to make a
    /// source of a name that is just being loaded would double it.
    /// </summary>
    public async Task<(string Current, IReadOnlyList<string> All)> WhenLoadedAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var scenes = await client.RequestAsync("GetSceneList", null, cancellation);
            if (scenes.TextOrNull("currentProgramSceneName") is { Length: > 0 } current)
                return (current, [.. scenes.Items("scenes").Select(scene => scene.Text("sceneName"))]);
            await Task.Delay(Pause, cancellation);
        }
    }
}
