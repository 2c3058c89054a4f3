using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.Time;
using Microsoft.Extensions.Time.Testing;

namespace BroadcastCaptions.Audio.Tests.Devices;

/// <summary>Live capture on a clock of the test's own: a device that delivers 10 ms at a time, well and badly.</summary>
public sealed class CaptureReaderTests
{
    private static readonly AudioFormat Format = new(48_000, 2);
    private readonly FakeTimeProvider _time = new();
    private readonly MediaClock _clock;
    private readonly CaptureReader _reader;
    private readonly List<float> _heard = [];
    private CaptureSession _session;
    private double? _end;
    private double _first;
    private float _next;

    public CaptureReaderTests()
    {
        _clock = new MediaClock(_time);
        _reader = new CaptureReader(_clock);
        _session = Open(Format);
    }

    [Fact]
    public void The_first_sample_stands_where_it_sounded_and_samples_are_counted_from_there()
    {
        _time.Advance(TimeSpan.FromSeconds(3));
        _session.Arrive(480, age: 0.035);
        Send(480);
        Read();
        Assert.Equal(3 - 0.035, _first, 6);
        Play(2);
        Assert.Equal(5 - 0.025, _end!.Value, 6);
        Assert.Equal(_heard.Count, _heard.Distinct().Count());
        Assert.Equal((0L, 0L), (_reader.Dropped, _reader.Filled));
    }

    [Fact]
    public void Nothing_is_given_out_before_the_first_sample()
    {
        _time.Advance(TimeSpan.FromSeconds(100));
        Read();
        Assert.Null(_end);
    }

    [Fact]
    public void A_hole_is_silence_and_counted()
    {
        Play(1);
        _session.Arrive(480, 0);
        _session.WriteHole(480);
        Tick();
        Read();
        Assert.Equal(480, _reader.Filled);
        Assert.Equal(480 * 2, _heard.Count(sample => sample == 0));
    }

    [Fact]
    public void What_the_ring_lost_becomes_silence_of_the_same_length()
    {
        Play(1);
        var before = _end!.Value;
        for (var i = 0; i < 1200; i++) Deliver(); // 12 s into a ring of 10, nobody reads
        Read();
        Assert.Equal(before + 12, _end!.Value, 6);
        Assert.Equal(2 * 48_000, _reader.Dropped);
        Assert.Equal(2 * 48_000, _reader.Filled);
    }

    [Fact]
    public void While_the_device_is_away_silence_flows_and_the_next_stream_falls_into_place()
    {
        Play(1);
        _reader.IsLost = true;
        for (var i = 0; i < 500; i++) { Tick(); Read(); }
        Assert.True(_reader.IsStalled);
        Assert.Equal(_clock.Now.Seconds - 0.25, _end!.Value, 0.02);

        _session = Open(new AudioFormat(44_100, 1));
        _reader.IsLost = false;
        Play(1);
        Assert.False(_reader.IsStalled);
        Assert.Equal(_clock.Now.Seconds, _end!.Value, 0.001);
        Assert.Equal(5.0, _reader.Filled / 48_000.0, 0.05);
    }

    [Fact]
    public void A_stall_whose_audio_comes_late_shifts_nothing()
    {
        Play(5);
        for (var i = 0; i < 300; i++) { Tick(); Read(); } // 3 s of nothing
        for (var i = 0; i < 300; i++) Send(480, arrive: true); // then all of it at once
        Read();
        Play(1);
        Assert.InRange(_clock.Now.Seconds - _end!.Value, -0.06, 0.06);
        Assert.True(_reader.Dropped > 48_000);
    }

    [Fact]
    public void A_stall_whose_audio_is_lost_shifts_nothing()
    {
        Play(5);
        for (var i = 0; i < 300; i++) { Tick(); Read(); }
        Play(0.1);
        Assert.Equal(_clock.Now.Seconds, _end!.Value, 0.03);
    }

    [Fact]
    public void Audio_lost_unannounced_is_filled_in_after_the_next_check()
    {
        Play(5);
        for (var i = 0; i < 50; i++) Tick(); // 0.5 s vanish in the server
        Play(9);
        Assert.Equal(_clock.Now.Seconds, _end!.Value, 0.03);
        Assert.Equal(24_000, _reader.Filled, 1_500.0);
    }

    [Theory]
    [InlineData(1.0003)] // the device's clock is fast …
    [InlineData(0.9997)] // … or slow, by three times what quartz does
    public void Over_an_hour_the_clocks_do_not_drift_apart(double speed)
    {
        var due = 0.0;
        for (var i = 0; i < 360_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            due += 480 * speed;
            _session.Arrive((int)due, 0);
            _session.Write(new float[(int)due * 2]);
            due -= (int)due;
            Read(keep: false);
        }

        Assert.Equal(_clock.Now.Seconds, _end!.Value, 0.025);
        Assert.Equal((0L, 0L), (_reader.Dropped, _reader.Filled));
    }

    [Fact]
    public void Callback_and_reading_allocate_nothing()
    {
        var session = new CaptureSession(Format, TapReading.SystemClock());
        var reader = new CaptureReader(TapReading.SystemClock());
        reader.Continue(session);
        var block = Signals.Noise(960);
        Assert.Equal(0, Allocations.Of(() =>
        {
            session.Arrive(500, 0.02);
            session.Write(block);
            session.WriteHole(20);
        }));
        reader.TryRead(out _); // makes its buffers
        Assert.Equal(0, Allocations.Of(() => reader.TryRead(out _)));
    }

    private CaptureSession Open(AudioFormat format)
    {
        var session = new CaptureSession(format, _clock);
        _reader.Continue(session);
        return session;
    }

    private void Play(double seconds)
    {
        for (var i = 0; i < seconds * 100; i++)
        {
            Deliver();
            Read();
        }
    }

    private void Deliver()
    {
        Tick();
        Send(_session.Format.SampleRate / 100, arrive: true);
    }

    private void Tick() => _time.Advance(TimeSpan.FromMilliseconds(10));

    private void Send(int frames, bool arrive = false)
    {
        if (arrive) _session.Arrive(frames, 0);
        var block = new float[frames * _session.Format.Channels];
        for (var i = 0; i < block.Length; i++) block[i] = ++_next;
        _session.Write(block);
    }

    private void Read(bool keep = true)
    {
        while (_reader.TryRead(out var frame))
        {
            if (_end is null) _first = frame.Start.Seconds;
            else if (Math.Abs(_end.Value - frame.Start.Seconds) > 1e-6) Assert.Fail($"{frame.Start.Seconds} does not follow {_end}");
            _end = frame.Start.Seconds + ((double)frame.Samples.Length / frame.Format.Channels / frame.Format.SampleRate);
            if (keep) _heard.AddRange(frame.Samples);
        }
    }
}
