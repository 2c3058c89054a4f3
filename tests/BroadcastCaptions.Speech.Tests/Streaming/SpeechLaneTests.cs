using BroadcastCaptions.Audio;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Streaming;
using static BroadcastCaptions.Speech.Tests.Streaming.Audio16k;

namespace BroadcastCaptions.Speech.Tests.Streaming;

public sealed class SpeechLaneTests : IDisposable
{
    private readonly LoudnessDetector _detector = new();
    private readonly SpeechLane _lane;

    public SpeechLaneTests() => _lane = new(new("mic"), _detector, new(), new Counters());

    public void Dispose() => _lane.Dispose();

    [Fact]
    public void Other_formats_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _lane.Accept(new AudioFrame(default, new(48_000, 2), new float[960])));
    }

    [Fact]
    public void The_last_piece_before_an_edge_is_judged_even_where_it_fills_no_window()
    {
        _lane.Accept(Frame(0, Alternating(0, 0.02)));
        _lane.Close(new(0.02));

        Assert.Equal(1, _lane.Probability);
    }

    [Fact]
    public void Rounding_of_a_frames_start_is_no_gap()
    {
        _lane.Accept(Frame(0, Alternating(0, 0.1)));
        _lane.Accept(Frame(0.1005, Alternating(0, 0.1)));

        Assert.Equal(0, _detector.Resets);
    }

    [Fact]
    public void A_gap_makes_the_detector_forget()
    {
        _lane.Accept(Frame(0, Alternating(0, 0.1)));
        _lane.Accept(Frame(0.2, Alternating(0, 0.1)));

        Assert.Equal(1, _detector.Resets);
    }
}
