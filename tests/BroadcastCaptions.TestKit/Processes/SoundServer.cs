namespace BroadcastCaptions.TestKit.Processes;

/// <summary>A PulseAudio, or a PipeWire in its place, of one's own, with a null sink named <see cref="Sink"/> whose monitor hears what is played into it.</summary>
public sealed class SoundServer : IAsyncDisposable
{
    /// <summary>The null sink's name; its monitor is <c>broadcast.monitor</c>.</summary>
    public const string Sink = "broadcast";

    /// <summary>Seconds of silence to put before a file: what the sink rendered before the player came is not heard by its monitor.</summary>
    public const double LostAtStart = 1;

    private static readonly string[] PulseAudio =
    [
        "pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", "--use-pid-file=no", "--disallow-exit",
        "-L", $"module-null-sink sink_name={Sink} rate=48000", "-L", "module-native-protocol-unix",
    ];

    // Its session manager ends where there is no D-Bus; what speaks PulseAudio's protocol is a program of its own.
    private static readonly string[] PipeWire = ["dbus-run-session", "--", "bash", "-c", "pipewire & wireplumber & exec pipewire-pulse"];

    private const string PipeWireSink = $$"""
        context.objects = [ { factory = adapter args = {
            factory.name = support.null-audio-sink media.class = Audio/Sink audio.position = [ FL FR ] audio.rate = 48000
            node.name = {{Sink}} node.description = {{Sink}}
        } } ]
        """;

    private readonly SoundSystem _system;
    private readonly Dictionary<string, string?> _environment;
    private GuardedProcess? _process;

    private SoundServer(string home, string runtimeFolder, SoundSystem system)
    {
        _system = system;
        _environment = new()
        {
            ["HOME"] = home,
            ["XDG_RUNTIME_DIR"] = runtimeFolder,
            ["XDG_CONFIG_HOME"] = null,
            ["PULSE_SERVER"] = null,
            ["PULSE_RUNTIME_PATH"] = null,
            ["PULSE_STATE_PATH"] = null,
            ["DBUS_SESSION_BUS_ADDRESS"] = null,
            ["DISPLAY"] = null,
        };
    }

    /// <summary>What a client needs in its environment to find this server.</summary>
    public IReadOnlyDictionary<string, string?> Environment => _environment;

    private string Socket => Path.Combine(_environment["XDG_RUNTIME_DIR"]!, "pulse", "native");

    /// <summary>Starts a server whose files lie in the given folders.</summary>
    public static async Task<SoundServer> StartAsync(string home, string runtimeFolder, SoundSystem system = SoundSystem.PulseAudio)
    {
        var server = new SoundServer(home, runtimeFolder, system);
        if (system == SoundSystem.PipeWire)
        {
            var settings = Directory.CreateDirectory(Path.Combine(home, ".config", "pipewire", "pipewire.conf.d"));
            await File.WriteAllTextAsync(Path.Combine(settings.FullName, "sink.conf"), PipeWireSink);
        }
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Socket)!);
        File.Delete(Socket); // a server that crashed leaves it
        _process = await GuardedProcess.StartAsync(_system == SoundSystem.PulseAudio ? PulseAudio : PipeWire, _environment);
        await Wait.UntilAsync(() => File.Exists(Socket), Wait.Generous, "the sound server's socket");
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }

    /// <summary>Plays a WAV file into the sink, to its end.</summary>
    public async Task PlayAsync(string wav, CancellationToken cancellation = default)
    {
        await using var player = await BeginPlayAsync(wav);
        var code = await player.Exited.WaitAsync(cancellation);
        if (code != 0) throw new InvalidOperationException($"paplay ended with {code}: {await player.Errors.ReadAsync(cancellation)}");
    }

    /// <summary>Begins to play a WAV file into the sink; dispose the player to stop.</summary>
    public Task<GuardedProcess> BeginPlayAsync(string wav) =>
        GuardedProcess.StartAsync(["paplay", $"--device={Sink}", wav], _environment);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await KillAsync();
}
