using System.Runtime.InteropServices;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.ObsPlugin.Taps;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.ObsPlugin.Tests;

/// <summary>Only what was judged on air from its first to its last sample is ever seen by the sender.</summary>
public sealed unsafe class AudioTapTests : IDisposable
{
    private const int Frames = 1024;

    private readonly AudioTap _tap = new();
    private readonly float* _left = (float*)NativeMemory.Alloc(Frames * sizeof(float));
    private readonly float* _right = (float*)NativeMemory.Alloc(Frames * sizeof(float));

    public AudioTapTests() => _tap.SetFormat(48_000, 2);

    public void Dispose()
    {
        _tap.Dispose();
        NativeMemory.Free(_left);
        NativeMemory.Free(_right);
    }

    [Fact]
    public void Unheard_until_somebody_listens()
    {
        Block(1, OffAirReason.None);
        Assert.Empty(Seen());
        Assert.Equal(Frames, _tap.Frames);
    }

    [Fact]
    public void The_block_of_going_on_air_is_left_out_and_the_rest_comes_in_order()
    {
        _tap.ListenFor(1);
        for (var n = 1; n <= 4; n++) Block(n, OffAirReason.None);
        Assert.Equal(["on at 1024", "1024: 2", "2048: 3", "3072: 4"], Seen());
    }

    [Fact]
    public void The_block_of_going_off_air_is_left_out_and_the_edge_is_where_it_began()
    {
        _tap.ListenFor(1);
        Block(1, OffAirReason.None);
        Block(2, OffAirReason.None);
        Block(3, OffAirReason.Muted);
        Block(4, OffAirReason.Muted);
        Block(5, OffAirReason.None);
        Block(6, OffAirReason.None);
        Assert.Equal(["on at 1024", "1024: 2", "Muted at 2048", "on at 5120", "5120: 6"], Seen());
    }

    [Fact]
    public void Blocks_that_a_filter_behind_holds_back_wait_for_their_judgement()
    {
        _tap.ListenFor(1);
        Block(1, OffAirReason.None);
        Hear(2);
        Hear(3);
        Assert.Equal(["on at 1024"], Seen());
        _tap.Judge(OffAirReason.None);
        Assert.Equal(["1024: 2", "2048: 3"], Seen());
    }

    [Fact]
    public void Judged_by_nobody_for_long_it_is_off_air()
    {
        _tap.ListenFor(1);
        Block(1, OffAirReason.None);
        for (var n = 2; n < 40; n++) Hear(n);
        Assert.Equal(["on at 1024", "Unknown at 1024"], Seen());
    }

    [Fact]
    public void Another_connection_learns_anew_whether_it_is_on_air()
    {
        _tap.ListenFor(1);
        Block(1, OffAirReason.None);
        _tap.ListenFor(0);
        Block(2, OffAirReason.None);
        Seen();
        _tap.ListenFor(2);
        Block(3, OffAirReason.None);
        Block(4, OffAirReason.None);
        Assert.Equal(["on at 3072", "3072: 4"], Seen());
    }

    [Fact]
    public void A_sender_that_is_stuck_costs_blocks_that_are_counted_never_order()
    {
        _tap.ListenFor(1);
        for (var n = 1; n <= 300; n++) Block(n, OffAirReason.None);
        Assert.InRange(_tap.Overruns, 150, 299);
        var seen = Seen();
        Assert.Equal("1024: 2", seen[1]);
        Block(301, OffAirReason.None);
        Assert.Equal([$"{300 * Frames}: 301"], Seen());
    }

    [Fact]
    public void The_audio_thread_allocates_nothing()
    {
        _tap.ListenFor(1);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var n = 0; n < 1000; n++)
            {
                var began = CostMeter.Begin();
                Hear(n);
                _tap.Judge(n % 7 == 0 ? OffAirReason.Muted : OffAirReason.None);
                _tap.Cost.End(began);
                while (_tap.Ring.TryPeek(out var record)) _tap.Ring.Skip(record);
            }
        }));
    }

    private void Block(int value, OffAirReason offAir)
    {
        Hear(value);
        _tap.Judge(offAir);
    }

    private void Hear(int value)
    {
        new Span<float>(_left, Frames).Fill(value);
        new Span<float>(_right, Frames).Fill(-value);
        ReadOnlySpan<nint> planes = [(nint)_left, (nint)_right];
        _tap.Hear(planes, Frames);
    }

    private List<string> Seen()
    {
        var seen = new List<string>();
        var samples = new float[2 * Frames];
        while (_tap.Ring.TryPeek(out var record))
        {
            if (record.Frames == 0)
            {
                seen.Add($"{(record.OffAir == OffAirReason.None ? "on" : record.OffAir)} at {record.FirstFrame}");
            }
            else
            {
                _tap.Ring.CopyInterleaved(record, samples);
                Assert.All(Enumerable.Range(0, Frames), frame => Assert.Equal(-samples[2 * frame], samples[(2 * frame) + 1]));
                Assert.All(Enumerable.Range(0, Frames), frame => Assert.Equal(samples[0], samples[2 * frame]));
                seen.Add($"{record.FirstFrame}: {samples[0]}");
            }

            _tap.Ring.Skip(record);
        }

        return seen;
    }
}
