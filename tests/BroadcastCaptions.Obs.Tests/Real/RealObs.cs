using System.Text.Json.Nodes;
using BroadcastCaptions.Obs.Tests.Fake;
using BroadcastCaptions.Options;
using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.Obs.Tests.Real;

/// <summary>One real OBS for the tests of a class, each with a text source of its own.</summary>
public sealed class RealObs : IAsyncLifetime
{
    private ObsHarness? _harness;

    public ObsHarness Harness => _harness!;

    public async Task InitializeAsync() => _harness = await ObsHarness.StartAsync();

    public Task DisposeAsync() => Harness.DisposeAsync().AsTask();

    internal Rig Caption(string source, params ObservedTap[] taps) =>
        new(new ObsOptions { Source = source }, () => new ObsEndpoint("127.0.0.1", Harness.Settings.Port, Harness.Settings.Password), taps);

    /// <summary>Waits until OBS has this text in a source.</summary>
    internal static async Task ShowsAsync(ObsObserver obs, string source, string text)
    {
        string? last = null;
        for (var i = 0; i < 3000 && last != text; i++)
        {
            last = await obs.TextAsync(source);
            if (last != text) await Task.Delay(10);
        }

        Assert.Equal(text, last);
    }

    /// <summary>The picture on air once it no longer changes: what was set is seen with one of the next frames.</summary>
    internal static async Task<Picture> SteadyPictureAsync(ObsObserver obs)
    {
        var frame = TimeSpan.FromSeconds(await obs.FrameSecondsAsync());
        var last = await obs.PictureAsync();
        for (var same = 0; same < 3;)
        {
            await Task.Delay(frame);
            var next = await obs.PictureAsync();
            same = PictureBox.AreSame(last, next) ? same + 1 : 0;
            last = next;
        }

        return last;
    }

    /// <summary>Removes a source and its items, and waits until it is gone.</summary>
    internal static Task RemoveAsync(ObsObserver obs, string source) => obs.AskAsync("RemoveInput", new JsonObject { ["inputName"] = source });
}
