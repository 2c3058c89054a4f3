using System.Diagnostics;
using System.IO.Pipes;
using BroadcastCaptions.Audio.Files;
using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.Failures;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Audio.Tests.Files;

/// <summary>What is wrong is found without FFmpeg: none is there under this name.</summary>
public sealed class BadFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_file_is_named() =>
        Assert.Equal((ExitCode.Usage, $"There is no file '{_folder["no.wav"]}'."), await OpenAsync("no.wav", null));

    [Fact]
    public void A_name_that_is_no_UTF_8_gets_the_remedy_that_helps() =>
        Assert.StartsWith("Its name is not UTF-8", FileFailures.Missing("caf\uFFFD.wav").Remedy, StringComparison.Ordinal);

    [Fact]
    public async Task A_folder_is_no_file() =>
        Assert.Equal((ExitCode.Usage, $"'{_folder.Folder("talks")}' is a folder, not a file."), await OpenAsync("talks", null));

    [Fact]
    public async Task A_pipe_that_nobody_writes_into_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows()) return; // its pipes have no such names
        using (var made = Process.Start("mkfifo", [_folder["pipe.wav"]])) await made.WaitForExitAsync();
        var opened = Task.Run(() => OpenAsync("pipe.wav", null)); // where it waits, it blocks its thread
        Assert.Equal((ExitCode.Usage, $"'{_folder["pipe.wav"]}' is a pipe, not a file."), await opened.WaitAsync(Wait.Generous));
    }

    [Fact]
    public async Task A_pipe_is_no_file()
    {
        if (OperatingSystem.IsWindows()) return; // its pipes have no such names
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        var path = $"/dev/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        Assert.Equal((ExitCode.Usage, $"'{path}' is a pipe, not a file."), await OpenAsync(path, null));
    }

    [Theory]
    [InlineData("Dear diary,\nnothing was said today.\n")]
    [InlineData("RIFF is a fine name for a band.")]
    public async Task A_text_file_is_known_by_its_content(string text) =>
        Assert.Equal((ExitCode.Failed, "talk.wav is a text file, not audio."), await OpenAsync("talk.wav", System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task An_empty_file_is_empty() =>
        Assert.Equal((ExitCode.Failed, "talk.wav is empty (0 bytes)."), await OpenAsync("talk.wav", []));

    [Fact]
    public async Task A_header_without_samples_is_no_recording() =>
        Assert.Equal((ExitCode.Failed, "talk.wav ends before its first sample."), await OpenAsync("talk.wav", new WavWriter().Write()[..30]));

    [Fact]
    public async Task More_channels_than_are_read_are_counted() => Assert.Equal(
        (ExitCode.Failed, "talk.wav has 300 channels; up to 255 are read."), await OpenAsync("talk.wav", new WavWriter { Channels = 300 }.Write(new double[300])));

    [Fact]
    public async Task A_recording_of_nothing_is_no_recording() =>
        Assert.Equal((ExitCode.Failed, "talk.wav ends before its first sample."), await OpenAsync("talk.wav", new WavWriter().Write()));

    [Fact]
    public async Task Without_FFmpeg_its_one_command_is_told()
    {
        var failure = await FailAsync("talk.mp3", [0xFF, 0xFB, 0x90, 0, 0, 0, 1, 2]);
        Assert.Equal("FFmpeg is needed to decode talk.mp3, and it is not installed.", failure.Message);
        Assert.StartsWith("Install it: ", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_one_may_not_read_says_so() // root may read everything, so the system's answer is given, not provoked
    {
        var failure = FileFailures.Unreadable("talk.wav", new UnauthorizedAccessException());
        Assert.Equal("You may not read 'talk.wav'.", failure.Message);
    }

    private async Task<(ExitCode, string)> OpenAsync(string name, byte[]? content)
    {
        var failure = await FailAsync(name, content);
        Assert.EndsWith(".", failure.Remedy, StringComparison.Ordinal);
        return (failure.Code, failure.Message);
    }

    private async Task<CaptionsException> FailAsync(string name, byte[]? content)
    {
        if (content is not null) await File.WriteAllBytesAsync(_folder[name], content);
        await using var tap = new FileTap(new AudioSource("file"), _folder[name], TapPace.Fast, ffmpeg: "no-such-ffmpeg");
        return await Assert.ThrowsAsync<CaptionsException>(() => tap.StartAsync(TapReading.SystemClock(), default));
    }
}
