using BroadcastCaptions.Audio.Devices;
using BroadcastCaptions.Audio.Pulse;
using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Tests.Pulse;

/// <summary>Against a real PulseAudio, and a real PipeWire; Debian has both.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PulseTapTests
{
    private const int Rate = 16_000;

    [Theory]
    [InlineData(SoundSystem.PulseAudio)]
    [InlineData(SoundSystem.PipeWire)]
    public async Task Devices_are_listed(SoundSystem system)
    {
        await using var sound = await SoundServerFixture.StartAsync(system);
        var monitor = Assert.Single(await AudioDevices.ListAsync(sound.Address));
        Assert.Equal(("broadcast.monitor", "broadcast", true, false), (monitor.Name, monitor.SinkName, monitor.IsMonitor, monitor.IsDefault));
        Assert.Equal(new AudioFormat(48_000, 2), monitor.Format);
        Assert.NotEmpty(monitor.Description);
        Assert.NotEmpty(monitor.SinkDescription!);
    }

    [Theory]
    [InlineData(SoundSystem.PulseAudio)]
    [InlineData(SoundSystem.PipeWire)]
    public async Task What_a_sink_plays_is_heard_on_its_monitor_and_heard_again_after_the_server_was_killed_and_restarted(SoundSystem system)
    {
        await using var sound = await SoundServerFixture.StartAsync(system);
        var chirp = Signals.Chirp(200, 3_000, 48_000, 1);
        await File.WriteAllBytesAsync(sound["chirp.wav"], new WavWriter { Tag = 3, Bits = 32, Rate = 48_000 }.Write([.. chirp.Select(sample => (double)sample)]));
        var clock = TapReading.SystemClock();
        await using var tap = await StartAsync("monitor:broadcast", sound, clock);
        await using var ear = new Ear(tap);
        Assert.Equal(TapState.Running, tap.Status.State);
        Assert.InRange(tap.Status.GrantedLatency!.Value.TotalMilliseconds, 0.1, 100);

        await ear.HearAsync(() => sound.Server.PlayAsync(sound["chirp.wav"]), Signals.Chirp(200, 3_000, Rate, 1));
        await AssertOnTimeAsync();

        await sound.Server.KillAsync();
        await Wait.UntilAsync(() => tap.Status is { State: TapState.Waiting, Detail.Length: > 0 }, Wait.Generous, "the tap to notice");
        await Wait.UntilAsync(() => tap.Status.FilledSamples > 48_000, Wait.Generous, "silence to flow");
        await sound.Server.StartAgainAsync();
        await Wait.UntilAsync(() => tap.Status.State == TapState.Running, Wait.Generous, "the tap to resume");

        await ear.HearAsync(() => sound.Server.PlayAsync(sound["chirp.wav"]), Signals.Chirp(200, 3_000, Rate, 1));
        await AssertOnTimeAsync();

        // Everything that was heard and filled adds up to the time that passed: media time has not slipped.
        async Task AssertOnTimeAsync() => await Wait.UntilAsync(
            () => Math.Abs(clock.Now.Seconds - ear.End) < 0.2, Wait.Generous, $"media time to be the clock's ({clock.Now.Seconds - ear.End:0.000} s behind)");
    }

    [Theory]
    [InlineData(SoundSystem.PulseAudio)]
    [InlineData(SoundSystem.PipeWire)]
    public async Task A_device_that_vanishes_is_waited_for_and_no_other_is_heard_instead(SoundSystem system)
    {
        await using var sound = await SoundServerFixture.StartAsync(system);
        await PactlAsync(sound, "load-module", "module-null-sink", "sink_name=second");
        await using var tap = await StartAsync("monitor:second", sound, TapReading.SystemClock());
        await PactlAsync(sound, "unload-module", "module-null-sink"); // takes both sinks
        await Wait.UntilAsync(() => tap.Status.State == TapState.Waiting, Wait.Generous, "the tap to notice");
        await PactlAsync(sound, "load-module", "module-null-sink", "sink_name=broadcast");
        await Wait.UntilAsync(() => tap.Status.Detail.Contains("unplugged", StringComparison.Ordinal), Wait.Generous, "the tap to look for it");
        await PactlAsync(sound, "load-module", "module-null-sink", "sink_name=second");
        await Wait.UntilAsync(() => tap.Status.State == TapState.Running, Wait.Generous, "the tap to resume");
    }

    [Fact] // PipeWire suspends nothing that somebody listens to
    public async Task A_suspended_device_is_a_state()
    {
        await using var sound = await SoundServerFixture.StartAsync();
        await using var tap = await StartAsync("monitor:broadcast", sound, TapReading.SystemClock());
        await PactlAsync(sound, "suspend-sink", "broadcast", "1");
        await Wait.UntilAsync(() => tap.Status.State == TapState.Waiting, Wait.Generous, "the tap to notice");
        Assert.Contains("suspended", tap.Status.Detail, StringComparison.Ordinal);
        await PactlAsync(sound, "suspend-sink", "broadcast", "0");
        await Wait.UntilAsync(() => tap.Status.State == TapState.Running, Wait.Generous, "the tap to resume");
    }

    [Theory]
    [InlineData(SoundSystem.PulseAudio)]
    [InlineData(SoundSystem.PipeWire)]
    public async Task An_unknown_device_is_bad_usage_and_what_there_is_is_listed(SoundSystem system)
    {
        await using var sound = await SoundServerFixture.StartAsync(system);
        var failure = await Assert.ThrowsAsync<CaptionsException>(() => StartAsync("pulse:rode", sound, TapReading.SystemClock()));
        Assert.Equal((ExitCode.Usage, "There is no audio device 'rode'."), (failure.Code, failure.Message));
        Assert.Equal("There are: monitor:broadcast.", failure.Remedy);
    }

    [Theory]
    [InlineData(SoundSystem.PulseAudio)]
    [InlineData(SoundSystem.PipeWire)]
    public async Task Where_there_are_only_monitors_the_default_microphone_is_waited_for(SoundSystem system)
    {
        await using var sound = await SoundServerFixture.StartAsync(system);
        await using var tap = await StartAsync("mic", sound, TapReading.SystemClock());
        Assert.Equal(TapState.Waiting, tap.Status.State);
        Assert.StartsWith("There is no microphone", tap.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SoundSystem.PulseAudio)]
    [InlineData(SoundSystem.PipeWire)]
    public async Task Without_a_server_a_tap_waits_and_begins_by_itself_and_a_list_says_how_to_start_one(SoundSystem system)
    {
        await using var sound = await SoundServerFixture.StartAsync(system);
        await sound.Server.KillAsync();
        var failure = await Assert.ThrowsAsync<CaptionsException>(() => AudioDevices.ListAsync(sound.Address));
        Assert.Equal("No sound server answers (PulseAudio or PipeWire).", failure.Message);

        await using var tap = await StartAsync("monitor:broadcast", sound, TapReading.SystemClock());
        Assert.Equal(TapState.Waiting, tap.Status.State);
        await sound.Server.StartAgainAsync();
        await Wait.UntilAsync(() => tap.Status.State == TapState.Running, Wait.Generous, "the tap to begin");
    }

    [Theory]
    [InlineData(SoundSystem.PulseAudio)]
    [InlineData(SoundSystem.PipeWire)]
    public async Task The_read_callback_allocates_nothing_on_the_sound_servers_thread(SoundSystem system)
    {
        await using var sound = await SoundServerFixture.StartAsync(system);
        using var connection = await PulseConnection.OpenAsync(sound.Address, TimeProvider.System, default);
        var device = (await DeviceQuery.RunAsync(connection, TimeProvider.System, default))[0];
        var receiver = new AllocationCounter(new CaptureSession(device.Format, TapReading.SystemClock()));
        using var stream = await RecordStream.OpenAsync(connection, device, receiver, TimeProvider.System, default);
        await Wait.UntilAsync(() => receiver.Blocks > 100, Wait.Generous, "audio to flow");
        Assert.Equal(0, receiver.AllocatedAfterWarmUp);
    }

    // PipeWire 1.4 ends no stream whose device goes; older ones and PulseAudio do. So that it is seen with those too, the stream hears one device and takes another's number for its own.
    [Fact]
    public async Task A_stream_ends_when_the_server_says_that_its_device_has_gone()
    {
        await using var sound = await SoundServerFixture.StartAsync(SoundSystem.PipeWire);
        await PactlAsync(sound, "load-module", "module-null-sink", "sink_name=second");
        using var connection = await PulseConnection.OpenAsync(sound.Address, TimeProvider.System, default);
        var devices = await DeviceQuery.RunAsync(connection, TimeProvider.System, default);
        var heard = devices.Single(device => device.Name == "broadcast.monitor") with { Index = devices.Single(device => device.Name == "second.monitor").Index };
        using var stream = await RecordStream.OpenAsync(connection, heard, new CaptureSession(heard.Format, TapReading.SystemClock()), TimeProvider.System, default);
        Assert.False(stream.Ended.IsCompleted);
        await PactlAsync(sound, "unload-module", "module-null-sink");
        await stream.Ended.WaitAsync(Wait.Generous);
    }

    private static async Task<IAudioTap> StartAsync(string spec, SoundServerFixture sound, MediaClock clock)
    {
        var tap = TapFactory.Create(TapSpec.Parse(spec), TapPace.Real, sound.Address);
        await tap.StartAsync(clock, default);
        return tap;
    }

    private static async Task PactlAsync(SoundServerFixture sound, params string[] arguments)
    {
        await using var pactl = await GuardedProcess.StartAsync(["pactl", .. arguments], sound.Server.Environment);
        Assert.Equal(0, await pactl.Exited);
    }

    /// <summary>Stands between the callback and the capture session and looks at what the thread has allocated since the last block.</summary>
    private sealed class AllocationCounter(CaptureSession session) : ICaptureReceiver
    {
        private const int WarmUp = 20;
        private long _allocated;
        private long _blocks;
        private long _last;

        public long Blocks => Volatile.Read(ref _blocks);

        public long AllocatedAfterWarmUp => Volatile.Read(ref _allocated);

        public void Arrive(int frames, double age)
        {
            session.Arrive(frames, age);
            var now = GC.GetAllocatedBytesForCurrentThread();
            if (_blocks > WarmUp) Volatile.Write(ref _allocated, _allocated + now - _last);
            _last = now;
            Volatile.Write(ref _blocks, _blocks + 1);
        }

        public void Write(ReadOnlySpan<float> samples) => session.Write(samples);

        public void WriteHole(int frames) => session.WriteHole(frames);
    }
}
