using BroadcastCaptions.Events;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Tests.Pipeline;

/// <summary>A friend who is heard over loudspeakers, and a microphone that hears him, too, and then its owner: real speech, a simulated room.</summary>
public sealed class LoudspeakerTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    private const int Rate = 16_000;
    private const int Pause = Rate; // between sentences
    private const float Level = 0.25f; // of the loudspeakers at the microphone: 12 dB below the friend himself

    /// <summary>Sound's ways to the microphone: seconds and how much of it arrives.</summary>
    private static readonly (double Seconds, float Level)[] Ways = [(0.012, 1), (0.035, 0.45f), (0.049, 0.35f), (0.073, 0.25f), (0.101, 0.2f)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_he_says_is_shown_once_as_his_and_what_its_owner_says_is_hers(bool friendFirst)
    {
        var friend = SpeechSet.Kept.Where(file => Path.GetFileName(file.Path).StartsWith("ps_", StringComparison.Ordinal)).ToList();
        var owner = SpeechSet.Kept.Single(file => Path.GetFileName(file.Path) == "lj_LJ001-0006.wav");
        var (his, hers) = (new List<float>(), new List<float>());
        foreach (var file in friend) his.AddRange([.. await Ffmpeg.SamplesAsync(file.Path), .. new float[Pause]]);
        hers.AddRange([.. InTheRoom(his), .. await Ffmpeg.SamplesAsync(owner.Path), .. new float[Pause]]);
        his.AddRange(new float[hers.Count - his.Count]);
        await WavFile.WriteAsync(_folder["his.wav"], his.ToArray(), Rate);
        await WavFile.WriteAsync(_folder["hers.wav"], hers.ToArray(), Rate);
        string[] taps = [$"FRIEND={_folder["his.wav"]}", $"OWNER={_folder["hers.wav"]}"];

        var run = await new PipelineRun(new CaptionsOptions()).OverAsync(fixture.Engine, friendFirst ? taps : [.. taps.Reverse()]);

        Assert.InRange(Errors(run, "friend", friend).Percent, 0, 12); // as without her
        Assert.InRange(Errors(run, "owner", [owner]).Percent, 0, 25); // two of his words for hers
        Assert.InRange(Retracted(run, "owner"), 0, 2);
        Assert.Equal(0, Retracted(run, "friend"));
        Assert.True(run.Counters.Get("filter.echoed").Value > 20);
    }

    private static float[] InTheRoom(List<float> samples)
    {
        var heard = new float[samples.Count];
        var noise = new Random(1);
        for (var i = 0; i < heard.Length; i++)
        {
            foreach (var (seconds, level) in Ways)
                if (i - (int)(seconds * Rate) is var at and >= 0) heard[i] += Level * level * samples[at];
            heard[i] += 0.002f * (noise.NextSingle() - 0.5f);
        }

        return heard;
    }

    private static WordErrors Errors(PipelineRun run, string source, IEnumerable<SpeechFile> said) => WordErrors.Of(
        SpokenWords.Of(string.Join(' ', said.Select(file => file.Reference))), SpokenWords.Of(string.Join(' ', run.Finals.Where(final => final.Source == source).Select(final => final.Text))));

    /// <summary>How often a segment that had words has none any more.</summary>
    private static int Retracted(PipelineRun run, string source)
    {
        var all = run.Events.OfType<TranscriptEvent>().Select(e => e.Transcript).Where(transcript => transcript.Source == source).ToList();
        return all.GroupBy(transcript => transcript.Segment).Sum(segment => segment.Zip(segment.Skip(1)).Count(pair => HasWords(pair.First) && !HasWords(pair.Second)));
    }

    private static bool HasWords(Transcript transcript) => transcript.Words.Count > 0;
}
