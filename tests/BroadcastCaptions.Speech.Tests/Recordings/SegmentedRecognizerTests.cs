using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.Speech.Tests.Streaming;

namespace BroadcastCaptions.Speech.Tests.Recordings;

public sealed class SegmentedRecognizerTests : IDisposable
{
    private readonly ScriptedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Each_stretch_of_speech_becomes_a_final_as_soon_as_it_is_over()
    {
        var samples = new Script(Audio16k.Alternating(1, 1.5, 2, 0.9, 30));
        var finals = new List<(Transcript Final, double Read)>();
        foreach (var final in Recognizer().Recognize(samples, default)) finals.Add((final, samples.Seconds));
        Assert.Equal([1L, 2L], finals.Select(said => said.Final.Segment));
        Assert.All(finals, said => Assert.True(said.Final.IsFinal && said.Final.StableWords == said.Final.Words.Count));
        Assert.Equal([1.0, 4.5], finals.Select(said => Math.Round(said.Final.Words[0].Start.Seconds, 1)));
        Assert.All(finals, said => Assert.InRange(said.Read, said.Final.End.Seconds, said.Final.End.Seconds + 1.5));
    }

    [Fact]
    public void What_is_said_at_the_very_end_is_not_lost() => Assert.Single(Recognizer().Recognize(new Script(Audio16k.Alternating(1, 1)), default));

    [Fact]
    public void Partials_are_never_computed()
    {
        _ = Recognizer().Recognize(new Script(Audio16k.Alternating(1, 8, 1)), default).ToArray();
        Assert.Single(_model.Calls);
    }

    [Fact]
    public void A_stretch_without_words_gives_no_final()
    {
        _model.Says = () => "";
        Assert.Empty(Recognizer().Recognize(new Script(Audio16k.Alternating(1, 1, 1)), default));
    }

    [Fact]
    public void It_ends_between_two_passes_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        var finals = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in Recognizer().Recognize(new Script(Audio16k.Alternating(1, 1, 1, 1, 1, 1, 1)), stop.Token))
            {
                finals++;
                stop.Cancel();
            }
        });
        Assert.Equal((1, 1), (finals, _model.Calls.Count));
    }

    private SegmentedRecognizer Recognizer() => new(_model, () => new LoudnessDetector(), new SpeechOptions(), new Counters());

    /// <summary>Gives samples in odd pieces.</summary>
    private sealed class Script(float[] samples) : ISpeechSamples
    {
        private int _taken;

        public double Seconds => (double)_taken / Audio16k.Rate;

        public int Read(Span<float> buffer)
        {
            var count = Math.Min(Math.Min(1_037, buffer.Length), samples.Length - _taken);
            samples.AsSpan(_taken, count).CopyTo(buffer);
            _taken += count;
            return count;
        }
    }
}
