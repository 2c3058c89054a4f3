using BroadcastCaptions.Metrics;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Segments;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Speech.Tests.Segments;

/// <summary>Segments from windows whose probabilities are given: 32 ms each.</summary>
public sealed class SegmenterTests
{
    private const int Window = VoiceWindow.Samples;

    private readonly Counters _counters = new();
    private readonly SpeechOptions _options = new()
    {
        OnsetThreshold = 0.5,
        ExitThreshold = 0.35,
        PreRoll = 0.16,
        Hangover = 0.32,
        MinimumSpeech = 0.1,
        MaximumSegment = 8,
    };

    [Fact]
    public void Speech_opens_a_segment_and_silence_closes_it()
    {
        var segmenter = Pushed((20, 0), (30, 0.9f), (10, 0));

        var segment = Assert.Single(segmenter.Closed);
        Assert.Equal(1, segment.Number);
        Assert.Equal((20 * Window) - Samples(_options.PreRoll), segment.Start);
        Assert.Equal(60 * Window, segment.End);
        Assert.Null(segmenter.Growing);
    }

    [Fact]
    public void Between_the_thresholds_nothing_opens_and_nothing_closes()
    {
        Assert.Null(Pushed((50, 0.45f)).Growing);
        Assert.NotNull(Pushed((10, 0.6f), (50, 0.45f)).Growing);
    }

    [Fact]
    public void Silence_shorter_than_the_hangover_does_not_part_a_segment()
    {
        var segmenter = Pushed((10, 0.9f), (9, 0), (10, 0.9f), (10, 0));

        Assert.Equal(39 * Window, Assert.Single(segmenter.Closed).Count);
    }

    [Fact]
    public void A_click_is_no_segment()
    {
        var segmenter = Pushed((3, 0.9f), (20, 0)); // 0.096 s

        Assert.Empty(segmenter.Closed);
        Assert.Null(segmenter.Growing);
    }

    [Fact]
    public void Trailing_silence_is_cropped_to_a_twentieth_of_a_second()
    {
        var segment = Assert.Single(Pushed((10, 0.9f), (10, 0)).Closed);

        Assert.Equal((10 * Window) + 800, segment.HeardCount);
    }

    [Fact]
    public void What_fades_out_keeps_a_segment_open_but_is_not_recognised()
    {
        _options.ExitThreshold = 0.1;
        var segmenter = Pushed((10, 0.9f), (7, 0.15f));

        Assert.Equal((10 * Window) + 800, segmenter.Growing!.HeardCount);
    }

    [Fact]
    public void Faint_speech_that_goes_on_for_longer_than_a_fade_is_recognised()
    {
        _options.ExitThreshold = 0.1;
        var segmenter = Pushed((10, 0.9f), (8, 0.15f));

        Assert.Equal(18 * Window, segmenter.Growing!.HeardCount);
    }

    [Fact]
    public void The_longer_a_segment_the_shorter_the_pause_that_ends_it()
    {
        _options.ImpatientHangover = 0.1;

        Assert.Empty(Pushed((60, 0.9f), (9, 0)).Closed); // 1.9 s: 0.32 s
        Assert.Single(Pushed((200, 0.9f), (6, 0)).Closed); // 6.4 s: 0.17 s
    }

    [Fact]
    public void No_sample_is_given_to_two_segments()
    {
        var segmenter = Pushed((10, 0.9f), (10, 0), (10, 0.9f), (10, 0));

        var (first, second) = (segmenter.Closed.First(), segmenter.Closed.Last());
        Assert.True(second.Start >= first.Start + first.HeardCount);
    }

    [Fact]
    public void Evidence_says_how_sure_the_detector_was()
    {
        var segmenter = Pushed((4, 0.6f), (4, 0.8f), (10, 0));

        var evidence = Assert.Single(segmenter.Closed).Evidence();
        Assert.Equal(0.8f, evidence.MaximumProbability);
        Assert.Equal(0.7f, evidence.MeanProbability, 1e-5);
        Assert.Equal(8 * 0.032, evidence.SpeechSeconds, 6);
    }

    [Fact]
    public void A_long_segment_is_cut_at_its_quietest_dip_and_nothing_is_lost()
    {
        var segmenter = new Segmenter(_options, _counters);
        var samples = 0;
        for (var i = 0; segmenter.Closed.Count == 0; i++)
        {
            var dip = i is 180 or 181; // 5.8 s: a breath between two words
            Push(segmenter, dip ? 0.5f : 0.99f, dip ? 0.01f : 0.3f);
            samples += Window;
        }

        var (first, second) = (Assert.Single(segmenter.Closed), segmenter.Growing!);
        Assert.Equal(181 * Window, first.End);
        Assert.Equal(first.End, second.Start);
        Assert.Equal(samples, first.Count + second.Count);
        Assert.Equal(2, second.Number);
        Assert.Equal(1, _counters.Get("speech.forced_cuts").Value);
    }

    [Fact]
    public void What_is_open_is_closed_at_the_very_sample()
    {
        var segmenter = Pushed((20, 0.9f));

        segmenter.Edge((10 * Window) + 7);

        Assert.Equal((10 * Window) + 7, Assert.Single(segmenter.Closed).End);
    }

    [Fact]
    public void What_waits_is_cut_back_to_the_edge_too()
    {
        var segmenter = Pushed((20, 0.9f), (10, 0));

        segmenter.Edge(5 * Window);

        Assert.Equal(5 * Window, Assert.Single(segmenter.Closed).End);
    }

    [Fact]
    public void Pre_roll_never_reaches_back_across_an_edge()
    {
        var segmenter = Pushed((20, 0));
        segmenter.StartAt(100 * Window);
        Push(segmenter, 0, 0);
        for (var i = 0; i < 5; i++) Push(segmenter, 0.9f, 0.3f);

        Assert.Equal(100 * Window, segmenter.Growing!.Start);
    }

    [Fact]
    public void In_a_steady_show_nothing_is_allocated()
    {
        var segmenter = new Segmenter(_options, _counters);
        var window = new float[Window];
        void Show()
        {
            for (var i = 0; i < 2_000; i++)
            {
                segmenter.Push(window, i % 60 < 45 || i > 1_500 ? 0.9f : 0.05f); // sentences, then a speech without a pause
                if (segmenter.Closed.TryDequeue(out var closed)) segmenter.Recycle(closed);
            }
        }

        Assert.Equal(0, Allocations.Of(Show, times: 1));
    }

    private static int Samples(double seconds) => (int)(seconds * VoiceWindow.SampleRate);

    private static void Push(Segmenter segmenter, float probability, float level)
    {
        var window = new float[Window];
        Array.Fill(window, level);
        segmenter.Push(window, probability);
    }

    private Segmenter Pushed(params (int Windows, float Probability)[] parts)
    {
        var segmenter = new Segmenter(_options, _counters);
        foreach (var (windows, probability) in parts)
            for (var i = 0; i < windows; i++) Push(segmenter, probability, probability);
        return segmenter;
    }
}
