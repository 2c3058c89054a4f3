using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Obs;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>The keys of a real OBS: push-to-talk and push-to-mute of a source, and the plug-in's own.</summary>
[Trait("Category", "EndToEnd")]
[Collection(Alone.Name)]
public sealed class PluginKeysTests(PluginKeysTests.Keyed keyed) : IClassFixture<PluginKeysTests.Keyed>
{
    private const string Anne = "Anne", Talk = SourceKeys.PushToTalk, Mute = SourceKeys.PushToMute;

    private static readonly Dictionary<string, string> Keys = new() { [Talk] = "F9", [Mute] = "F10" };

    [Fact]
    public async Task Push_to_talk_that_is_not_pressed_is_off_air()
    {
        Release(Talk);
        await using var listening = await Listening.BeginAsync(keyed.Show, keyed.Captions);
        Assert.Empty(await keyed.Show.SayAsync(Anne, Show.Sentence));
        Assert.All(SpokenWords.Of(Show.Sentence.Reference).Where(word => word.Length > 5), word => Assert.DoesNotContain(word, listening.Everywhere, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("muted in OBS", string.Join('\n', keyed.Captions.Of("state")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_to_talk_let_go_in_the_middle_what_was_said_is_there_and_nothing_after_it() =>
        await CutAsync(off: () => Release(Talk));

    [Fact]
    public async Task Push_to_mute_pressed_in_the_middle_what_was_said_is_there_and_nothing_after_it()
    {
        await CutAsync(off: () => Press(Mute));
        Release(Mute);
        Release(Talk);
    }

    [Fact]
    public async Task Push_to_talk_pressed_in_the_middle_what_was_said_before_is_nowhere()
    {
        Release(Talk);
        await using var listening = await Listening.BeginAsync(keyed.Show, keyed.Captions);
        var words = await keyed.Show.SayAsync(Anne, Show.Sentence, async () =>
        {
            await Wait.UntilAsync(async () => await Cut.PlayedAsync(keyed.Show) is > 2.2 and < 3.5, Wait.Generous, "the first words to pass");
            Press(Talk);
        });
        Assert.Contains("power", words);
        Assert.DoesNotContain("john", listening.Everywhere, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("dashwood", listening.Everywhere, StringComparison.OrdinalIgnoreCase);
        Release(Talk);
    }

    [Fact]
    public async Task The_plug_in_s_keys_switch_captions_and_clear_the_screens()
    {
        foreach (var (key, on) in new[] { ("off", false), ("on", true), ("toggle", false), ("toggle", true) })
        {
            await keyed.Show.Obs.PressHotkeyAsync($"broadcast_captions.{key}");
            Assert.Equal(on, (await keyed.Show.Obs.AskPluginAsync("status")).GetProperty("on").GetBoolean());
        }

        Press(Talk);
        await keyed.Show.SayAsync(Anne, Show.Sentence, async () =>
        {
            await Wait.UntilAsync(async () => SpokenWords.Of(await keyed.Show.Obs.TextAsync(Show.Captions) ?? "").Count >= 4, Wait.Generous, "words");
            await keyed.Show.Obs.PressHotkeyAsync("broadcast_captions.clear");
            await Wait.UntilAsync(async () => string.IsNullOrWhiteSpace(await keyed.Show.Obs.TextAsync(Show.Captions)), Wait.Generous, "an empty screen");
        });
        Release(Talk);
    }

    private async Task CutAsync(Action off)
    {
        await using var listening = await Listening.BeginAsync(keyed.Show, keyed.Captions);
        Press(Talk);
        Cut? cut = null;
        var words = await keyed.Show.SayAsync(Anne, Show.Sentence, async () => cut = await Cut.MakeAsync(keyed.Show, _ =>
        {
            off();
            return Task.CompletedTask;
        }));
        cut!.AssertEarly();
        cut.AssertHolds(words, listening.Everywhere);
    }

    private void Press(string name) => keyed.Show.Harness.PressKey(Keys[name], down: true);

    private void Release(string name) => keyed.Show.Harness.PressKey(Keys[name], down: false);

    /// <summary>One OBS in which Anne speaks with push-to-talk, and has a key for push-to-mute; and a captioner that writes files too.</summary>
    public sealed class Keyed : IAsyncLifetime
    {
        public PluginShow Show { get; private set; } = null!;

        public CaptionsProcess Captions { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Show = await PluginShow.BeginAsync();
            await Show.Obs.RemoveAudioInputsAsync(); // theirs have the same names
            await Show.AddSpeakerAsync(Anne, EndToEnd.Tests.Show.Sentence);
            await Show.Harness.CloseObsAsync();
            await SourceKeys.BindAsync(Show.Harness, Anne, Keys);
            await Show.Harness.StartObsAsync();
            await Show.ReconnectAsync();
            await Show.Obs.StopMediaAsync(Anne); // it plays when OBS starts, and its cursor would be taken for that of a sentence said later
            Captions = await Show.CaptionAsync("--out", Listening.Files(Show));
        }

        public async Task DisposeAsync()
        {
            await Captions.DisposeAsync();
            await Show.DisposeAsync();
        }
    }
}
