using BroadcastCaptions.Audio.Wasapi;
using BroadcastCaptions.Audio.Wasapi.Native;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Tests.Wasapi;

/// <summary>What is taken from a device of Windows. A whole Windows, as far as Wine stands for one, is in the end-to-end tests.</summary>
public sealed class WasapiRecordingTests : IDisposable
{
    private const int Block = 480;

    private readonly FakeWindowsDevice _device = new();
    private readonly WasapiRecording _recording;

    public WasapiRecordingTests()
    {
        var format = new AudioFormat(FakeWindowsDevice.Rate, FakeWindowsDevice.Channels);
        _recording = new WasapiRecording(new AudioDevice("id", "Yeti", format, null, null, IsDefault: true) { Tap = "device:Yeti" }, _device.Client, new MediaClock(TimeProvider.System));
    }

    public void Dispose()
    {
        _recording.Dispose();
        _device.Dispose();
    }

    [Fact]
    public async Task What_the_device_lost_becomes_silence_of_its_length_and_is_counted()
    {
        _device.Deliver(7_000, Block, 0.1f, BufferFlags.Discontinuity); // it begins so: nothing was lost
        _device.Deliver(7_000 + (3 * Block), Block, 0.2f, BufferFlags.Discontinuity);
        Assert.Equal([(0.1f, Block), (0, 2 * Block), (0.2f, Block)], await HeardAsync());
        Assert.Equal(2 * Block, _recording.Session.HoleFrames);
    }

    [Fact]
    public async Task What_Windows_calls_silent_is_silent_whatever_lies_in_its_memory()
    {
        _device.Deliver(0, Block, 0.1f);
        _device.Deliver(Block, Block, 0.9f, BufferFlags.Silent);
        Assert.Equal([(0.1f, Block), (0, Block)], await HeardAsync());
        Assert.Equal(0, _recording.Session.HoleFrames);
    }

    [Fact]
    public async Task A_count_that_begins_anew_is_no_hole()
    {
        _device.Deliver(1_000_000, Block, 0.1f);
        _device.Deliver(0, Block, 0.2f, BufferFlags.Discontinuity);
        _device.Deliver(100_000_000, Block, 0.3f, BufferFlags.Discontinuity);
        Assert.Equal([(0.1f, Block), (0.2f, Block), (0.3f, Block)], await HeardAsync());
    }

    [Fact]
    public async Task A_device_that_is_pulled_out_ends_the_recording()
    {
        _device.IsGone = true;
        Assert.Equal("Yeti has gone", await _recording.EndedAsync().WaitAsync(Wait.Generous));
    }

    [Fact]
    public async Task Its_thread_allocates_nothing()
    {
        for (var i = 0u; i < 500; i++) _device.Deliver(i * Block, Block, 0.1f, i % 10 == 9 ? BufferFlags.Discontinuity | BufferFlags.Silent : BufferFlags.None);
        await Wait.UntilAsync(() => _device.IsEmpty, Wait.Generous, "the last packet");
        await Task.Delay(50); // what is counted is known at its next question
        Assert.Equal(0, _device.Allocated);
    }

    /// <summary>Runs of equal values, with how many frames each has.</summary>
    private async Task<IReadOnlyList<(float Value, int Frames)>> HeardAsync()
    {
        await Wait.UntilAsync(() => _device.IsEmpty, Wait.Generous, "the last packet");
        var samples = new float[FakeWindowsDevice.Rate * FakeWindowsDevice.Channels];
        var length = _recording.Session.Ring.Read(samples, out _);
        var runs = new List<(float Value, int Frames)>();
        for (var i = 0; i < length; i += FakeWindowsDevice.Channels)
        {
            if (runs.Count > 0 && runs[^1].Value == samples[i]) runs[^1] = (samples[i], runs[^1].Frames + 1);
            else runs.Add((samples[i], 1));
        }

        return runs;
    }
}
