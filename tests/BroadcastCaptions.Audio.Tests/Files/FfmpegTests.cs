using BroadcastCaptions.Audio.Files;
using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Audio.Tests.Files;

/// <summary>With the real FFmpeg; the Debian package ffmpeg has it.</summary>
[Trait("Category", "EndToEnd")]
public sealed class FfmpegTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("talk.flac", 44_100, 2, 0.999)]
    [InlineData("-odd name=1.m4a", 48_000, 1, 0.95)]
    [InlineData("law.wav", 8_000, 1, 0.99)]
    public async Task What_FFmpeg_reads_is_heard_at_its_own_rate(string name, int rate, int channels, double fit)
    {
        var chirp = Signals.Chirp(200, 3_000, 48_000, 1.5);
        await MakeAsync(chirp, ["-ar", $"{rate}", "-ac", $"{channels}", .. name == "law.wav" ? ["-c:a", "pcm_mulaw"] : Array.Empty<string>(), "file:" + _folder[name]]);
        await using var tap = new FileTap(new AudioSource("file"), _folder[name], TapPace.Fast);
        await tap.StartAsync(TapReading.SystemClock(), default);
        Assert.Equal(new AudioFormat(rate, channels), tap.Status.Format);

        var heard = (await TapReading.ReadAllAsync(tap)).Where((_, i) => i % channels == 0).ToArray();
        var expected = Signals.Chirp(200, 3_000, rate, 1.5);
        Assert.True(Signals.Find(heard, expected.AsSpan(rate / 10, rate)).Fit > fit);
        Assert.Equal(1.5, tap.Status.TotalSeconds!.Value, 0.1);
        Assert.False(tap.Status.IsDegraded, tap.Status.Detail);
    }

    [Fact]
    public async Task A_picture_without_sound_says_so()
    {
        await RunAsync(["-f", "lavfi", "-i", "color=size=64x64:duration=0.2", _folder["film.mp4"]]);
        Assert.Equal("film.mp4 holds no sound.", (await FailAsync("film.mp4")).Message);
    }

    [Fact]
    public async Task What_is_no_media_says_so()
    {
        await File.WriteAllBytesAsync(_folder["talk.mp3"], [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 >> 3))]);
        Assert.StartsWith("talk.mp3 is not audio, or too damaged to be read (FFmpeg: ", (await FailAsync("talk.mp3")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coded_recording_that_was_cut_plays_what_is_there_and_says_so()
    {
        await MakeAsync(Signals.Noise(48_000 * 4), [_folder["whole.flac"]]);
        var whole = await File.ReadAllBytesAsync(_folder["whole.flac"]);
        await File.WriteAllBytesAsync(_folder["cut.flac"], whole[..(whole.Length / 2)]);
        await using var tap = new FileTap(new AudioSource("file"), _folder["cut.flac"], TapPace.Fast);
        await tap.StartAsync(TapReading.SystemClock(), default);
        Assert.InRange((await TapReading.ReadAllAsync(tap)).Length, 48_000, 48_000 * 3);
        Assert.True(tap.Status.IsDegraded);
        Assert.StartsWith("cut.flac is damaged (", tap.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposing_in_the_middle_ends_FFmpeg()
    {
        await MakeAsync(Signals.Noise(48_000 * 20), [_folder["long.flac"]]);
        await using var tap = new FileTap(new AudioSource("file"), _folder["long.flac"], TapPace.Fast);
        await tap.StartAsync(TapReading.SystemClock(), default);
        Assert.True(tap.TryRead(out _)); // dispose waits for the process: a test that hangs here has found it alive
    }

    private async Task<CaptionsException> FailAsync(string name)
    {
        await using var tap = new FileTap(new AudioSource("file"), _folder[name], TapPace.Fast);
        return await Assert.ThrowsAsync<CaptionsException>(() => tap.StartAsync(TapReading.SystemClock(), default));
    }

    private async Task MakeAsync(float[] at48k, string[] output)
    {
        await File.WriteAllBytesAsync(_folder["source.wav"], new WavWriter { Tag = 3, Bits = 32, Rate = 48_000 }.Write([.. at48k.Select(sample => (double)sample)]));
        await RunAsync(["-i", _folder["source.wav"], .. output]);
    }

    private static async Task RunAsync(string[] arguments)
    {
        Programs.Need("ffmpeg", "ffmpeg");
        await using var ffmpeg = await GuardedProcess.StartAsync(["ffmpeg", "-v", "error", "-nostdin", "-y", .. arguments]);
        Assert.Equal(0, await ffmpeg.Exited);
    }
}
