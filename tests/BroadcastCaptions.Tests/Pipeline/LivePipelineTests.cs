using BroadcastCaptions.Control;
using BroadcastCaptions.Events;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Options;
using BroadcastCaptions.Session;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Tests.Pipeline;

/// <summary>The whole way from a file to events, with the real model, on the public-domain speech of the repository.</summary>
public sealed class LivePipelineTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private static readonly string LongOne = Path.Combine(Places.Speech, "ps_librivox_0870.wav");
    private static readonly string Another = Path.Combine(Places.Speech, "lj_LJ001-0006.wav");

    [Fact]
    public async Task Kept_speech_is_recognised_and_no_file_stays_empty()
    {
        var errors = WordErrors.None;
        foreach (var file in SpeechSet.Kept)
        {
            var run = await new PipelineRun(new CaptionsOptions()).OverAsync(fixture.Engine, file.Path);
            Assert.NotEmpty(run.Text);
            errors += WordErrors.Of(SpokenWords.Of(file.Reference), SpokenWords.Of(run.Text));
        }

        Assert.InRange(errors.Percent, 0, 12);
    }

    [Fact]
    public async Task Partials_grow_into_the_final_and_the_screen_shows_them_in_order()
    {
        var run = await new PipelineRun(new CaptionsOptions()).OverAsync(fixture.Engine, LongOne);
        var transcripts = run.Events.OfType<TranscriptEvent>().ToList();
        Assert.Contains(transcripts, e => !e.Transcript.IsFinal);
        Assert.All(transcripts, e => Assert.True(e.Transcript.StableWords <= e.Transcript.Words.Count));
        Assert.All(transcripts.Zip(transcripts.Skip(1)), pair => Assert.True(pair.First.Emitted <= pair.Second.Emitted));
        var cues = run.Events.OfType<CueEvent>().Select(e => e.Cue).ToList();
        Assert.All(cues, cue => Assert.InRange(cue.Lines.Count, 1, 2));
        Assert.All(cues, cue => Assert.All(cue.Lines, line => Assert.InRange(line.Text.Length, 0, 42)));
        Assert.EndsWith(SpokenWords.Of(run.Text)[^1], string.Join(' ', SpokenWords.Of(cues[^1].Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_audio_gives_the_same_events()
    {
        var first = await new PipelineRun(new CaptionsOptions()).OverAsync(fixture.Engine, Another);
        var second = await new PipelineRun(new CaptionsOptions()).OverAsync(fixture.Engine, Another);
        Assert.Equal(Lines(first), Lines(second));
    }

    [Fact]
    public async Task Two_sources_are_heard_together_and_kept_apart()
    {
        var run = await new PipelineRun(new CaptionsOptions()).OverAsync(fixture.Engine, $"ALICE={LongOne}", $"BOB={Another}");
        Assert.Contains("dashwood", Spoken(run, "alice"), StringComparison.Ordinal);
        Assert.Contains("typography", Spoken(run, "bob"), StringComparison.Ordinal);
        Assert.Contains(run.Events.OfType<CueEvent>(), e => e.Cue.Lines.Any(line => line.Text.StartsWith("BOB:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nothing_said_off_air_is_recognised_and_what_was_said_before_is_all_there()
    {
        var run = new PipelineRun(new CaptionsOptions());
        run.Control.Enqueue(new OnAirChanged("file", OnAir: false, new MediaTime(3.5), "muted"));
        await run.OverAsync(fixture.Engine, LongOne);
        Assert.All(run.Finals.SelectMany(final => final.Words), word => Assert.True(word.End.Seconds <= 3.6));
        Assert.DoesNotContain("prudently", run.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Paused_captioner_recognises_nothing()
    {
        var run = new PipelineRun(new CaptionsOptions());
        run.Control.Enqueue(new Pause());
        await run.OverAsync(fixture.Engine, LongOne);
        Assert.Empty(run.Events.OfType<TranscriptEvent>());
    }

    [Fact]
    public async Task Policy_of_finals_shows_nothing_else()
    {
        var options = new CaptionsOptions { Display = { Policy = DisplayPolicy.FinalOnly } };
        var run = await new PipelineRun(options).OverAsync(fixture.Engine, LongOne);
        Assert.All(run.Events.OfType<TranscriptEvent>(), e => Assert.True(e.Transcript.IsFinal));
        Assert.NotEmpty(run.Text);
    }

    [Fact]
    public async Task A_final_model_makes_the_finals_of_its_own()
    {
        await using var both = await Engine.LoadAsync(new() { Name = "moonshine-tiny", Final = "moonshine-base" }, CancellationToken.None);
        await using var strong = await Engine.LoadAsync(new() { Name = "moonshine-base" }, CancellationToken.None);
        var run = await new PipelineRun(new CaptionsOptions()).OverAsync(both, LongOne);
        var alone = await new PipelineRun(new CaptionsOptions { Display = { Policy = DisplayPolicy.FinalOnly } }).OverAsync(strong, LongOne);
        var unsettled = await new PipelineRun(new CaptionsOptions { Display = { SettleAfter = 30 } }).OverAsync(both, LongOne);
        Assert.Equal(Kept(alone), Kept(run)); // on screen, what has been read of the light model's words stays …
        Assert.Equal(alone.Text, unsettled.Text); // … where it has settled
        Assert.Contains(run.Events.OfType<TranscriptEvent>(), e => !e.Transcript.IsFinal);
    }

    [Fact]
    public async Task It_says_how_well_it_does()
    {
        var run = await new PipelineRun(new CaptionsOptions()).OverAsync(fixture.Engine, LongOne);
        var values = run.Events.OfType<MetricsEvent>().Last().Values;
        string[] measured = ["latency.word_seconds", "latency.word_p95_seconds", "latency.final_seconds", "partial.interval_seconds"];
        Assert.All(measured, name => Assert.InRange(values[name], 0, 2)); // in audio time: computing takes none
        Assert.InRange(values["latency.stable_seconds"], 0, new DisplayOptions().SettleAfter + 0.2); // and the next partial
        Assert.InRange(values["text.normalised_erasure"], 0, 2);
        Assert.InRange(values["memory.resident_bytes"], 1e7, 1e10);
        Assert.Equal(0, values["queue.segments"]);
        Assert.Contains("tap.file.dropped_samples", values.Keys);
    }

    private static string Kept(PipelineRun run) => string.Join(' ', run.Finals.Select(final => final.AsRecognized().Text));

    private static IEnumerable<string> Lines(PipelineRun run) => run.Events.Where(e => e is not MetricsEvent).Select(EventJson.Write);

    private static string Spoken(PipelineRun run, string source) =>
        string.Join(' ', run.Finals.Where(final => final.Source == source).Select(final => final.Text)).ToLowerInvariant();
}
