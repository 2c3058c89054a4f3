using BroadcastCaptions.Audio.Recordings;
using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Audio.Tests.Recordings;

public sealed class RecordingReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(16_000, 1)]
    [InlineData(48_000, 2)]
    [InlineData(44_100, 200)]
    [InlineData(8_000, 1)]
    public async Task Every_rate_and_number_of_channels_is_heard_from_start_to_end(int rate, int channels)
    {
        var tone = Signals.Chirp(200, 3_000, rate, 1);
        await WriteAsync(new WavWriter { Rate = rate, Channels = channels }, tone.SelectMany(sample => Enumerable.Repeat((double)sample, channels)).ToArray());
        await using var reader = await RecordingReader.OpenAsync(_folder["talk.wav"]);
        Assert.Equal((new AudioFormat(rate, channels), 1.0), (reader.Format, reader.TotalSeconds));
        var heard = ReadAll(reader);
        Assert.Equal(16_000, heard.Length);
        Assert.True(Signals.Find(heard, Signals.Chirp(200, 3_000, 16_000, 1).AsSpan(1_600, 12_800)).Fit > 0.999);
        Assert.Null(reader.Degradation);
    }

    [Fact]
    public async Task A_recording_that_was_cut_is_heard_as_far_as_it_goes_and_says_so()
    {
        await WriteAsync(new WavWriter { DataSize = 64_000 }, new double[16_000]);
        await using var reader = await RecordingReader.OpenAsync(_folder["talk.wav"]);
        Assert.Equal(16_000, ReadAll(reader).Length);
        Assert.StartsWith("talk.wav is cut short", reader.Degradation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_without_samples_says_so()
    {
        await WriteAsync(new WavWriter(), []);
        Assert.Contains("talk.wav", (await Assert.ThrowsAsync<CaptionsException>(() => RecordingReader.OpenAsync(_folder["talk.wav"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_FFmpeg_it_says_the_command_that_installs_it()
    {
        await File.WriteAllBytesAsync(_folder["talk.mp3"], [1, 2, 3]);
        var failure = await Assert.ThrowsAsync<CaptionsException>(() => RecordingReader.OpenAsync(_folder["talk.mp3"], "no-ffmpeg-here"));
        Assert.Equal("FFmpeg is needed to decode talk.mp3, and it is not installed.", failure.Message);
        Assert.Contains("install ffmpeg", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_stays_the_end()
    {
        await WriteAsync(new WavWriter(), new double[160]);
        await using var reader = await RecordingReader.OpenAsync(_folder["talk.wav"]);
        Assert.Equal(160, ReadAll(reader).Length);
        Assert.Equal(0, reader.Read(new float[10]));
    }

    private Task WriteAsync(WavWriter writer, double[] samples) => File.WriteAllBytesAsync(_folder["talk.wav"], writer.Write(samples));

    private static float[] ReadAll(RecordingReader reader)
    {
        var (all, block) = (new List<float>(), new float[777]);
        for (var count = reader.Read(block); count > 0; count = reader.Read(block)) all.AddRange(block.AsSpan(0, count));
        return [.. all];
    }
}
