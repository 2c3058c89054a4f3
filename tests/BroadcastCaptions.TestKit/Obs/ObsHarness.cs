using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>
/// A real OBS Studio without a screen, with a sound server and a home of its own. Several can run side by side, and nothing
/// of them stays when the run ends, however it ends.
/// </summary>
public sealed class ObsHarness : IAsyncDisposable
{
    private const int Attempts = 3;

    private const string WindowTitle = "OBS ";

    /// <summary>It takes one to three seconds here; one that needs longer than this hangs, some in a hundred do.</summary>
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder;
    private readonly VirtualDisplay _display;
    private GuardedProcess? _obs;

    private ObsHarness(VirtualDisplay display, ObsSettings settings, SoundServer sound, TemporaryFolder folder) =>
        (_display, Settings, Sound, _folder) = (display, settings, sound, folder);

    /// <summary>How OBS is set up; change it while OBS is closed, it is written at each start.</summary>
    public ObsSettings Settings { get; set; }

    /// <summary>The sound server that OBS and the captioner use.</summary>
    public SoundServer Sound { get; }

    /// <summary>The home folder of OBS and of whoever is to find its configuration.</summary>
    public string Home => Path.Combine(_folder.Path, "home");

    /// <summary>OBS's process id; null while it is closed.</summary>
    public int? ObsId => _obs?.Id;

    /// <summary>What a process needs in its environment to live beside this OBS.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>(Sound.Environment)
    {
        ["DISPLAY"] = _display.Name,
        ["XDG_CONFIG_HOME"] = null,
        ["LIBGL_ALWAYS_SOFTWARE"] = "1",
        ["QT_QPA_PLATFORM"] = "xcb",
        ["CAPTIONS__MODEL__NAME"] = "moonshine-tiny", // what is tested and measured must not depend on what the machine does beside it
    };

    /// <summary>Starts display and sound server, and OBS too unless it is to come later.</summary>
    public static async Task<ObsHarness> StartAsync(bool startObs = true, SoundSystem system = SoundSystem.PulseAudio)
    {
        var folder = new TemporaryFolder();
        var display = await VirtualDisplay.StartAsync();
        var sound = await SoundServer.StartAsync(folder.Folder("home"), RuntimeFolder(folder), system);
        var harness = new ObsHarness(display, new ObsSettings(Loopback.FreePort(), "a password of the tests"), sound, folder);
        if (startObs) await harness.StartObsAsync();
        return harness;
    }

    /// <summary>Starts OBS and waits until it answers; with its server off, until its window is there.</summary>
    public async Task StartObsAsync()
    {
        Settings.Write(Home);
        for (var attempt = 1; ; attempt++)
        {
            _obs = await GuardedProcess.StartAsync(
                ["obs", "--multi", "--minimize-to-tray", "--disable-updater", "--disable-missing-files-check", "--disable-shutdown-check"], Environment);
            try
            {
                await ReadyAsync(attempt < Attempts ? StartsWithin : Wait.Generous);
                return;
            }
            catch (TimeoutException) when (attempt < Attempts)
            {
                await KillObsAsync(); // OBS itself hangs at its start now and then: not what any test is about
            }
            catch (TimeoutException e)
            {
                throw new TimeoutException($"{e.Message} {Attempts} times; OBS says: {LastOfLog()}", e);
            }
        }
    }

    private async Task ReadyAsync(TimeSpan limit)
    {
        if (Settings.ServerEnabled)
        {
            // OBS answers clients while it still starts, and may stop for ever when one makes a scene just then (32.2.2: it waits for its window
            // while the window waits for it). This changes nothing, and is answered once the window listens.
            await using var observer = await ObsObserver.ConnectAsync(Settings.Port, Settings.Password, limit);
            await observer.SwitchSceneAsync(await observer.CurrentSceneAsync());
        }
        else await Wait.UntilAsync(() => WindowCloser.Find(_display.Name, WindowTitle), limit, "OBS's window");
    }

    /// <summary>Connects to OBS's server, from outside of the product.</summary>
    public Task<ObsObserver> ObserveAsync() => ObsObserver.ConnectAsync(Settings.Port, Settings.Password, Wait.Generous, whyGone: WhyGoneAsync);

    /// <summary>Presses a key of OBS's keyboard ("F9"), or lets it go; OBS looks at its keys 40 times a second.</summary>
    public void PressKey(string key, bool down) => KeyPresser.Press(_display.Name, key, down);

    /// <summary>Stops OBS for a while, as a machine does that is too busy: afterwards it mixes sound later than before, for as long as it runs.</summary>
    public async Task StallObsAsync(TimeSpan time)
    {
        _obs!.Send(PosixSignalNumber.Stop);
        await Task.Delay(time);
        _obs.Send(PosixSignalNumber.Continue);
    }

    /// <summary>What OBS wrote into its log.</summary>
    public string Log()
    {
        var folder = Path.Combine(Home, ".config", "obs-studio", "logs");
        var log = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).LastOrDefault() : null;
        return log is null ? "" : File.ReadAllText(log);
    }

    private string LastOfLog() => string.Join('\n', Log().Split('\n').TakeLast(30));

    private async Task<string> WhyGoneAsync()
    {
        var obs = _obs;
        if (obs is null) return "The test has ended OBS.";
        var ended = await Task.WhenAny(obs.Exited, Task.Delay(TimeSpan.FromSeconds(5))) == obs.Exited;
        var complaints = new List<string>();
        while (obs.Errors.TryRead(out var line)) complaints.Add(line);
        return $"OBS {(ended ? $"has ended with {await obs.Exited}" : "still runs")}. It said:\n{string.Join('\n', complaints.TakeLast(30))}\nIts log: {LastOfLog()}";
    }

    /// <summary>Ends OBS at once, as a crash would.</summary>
    public async Task KillObsAsync()
    {
        if (_obs is not null) await _obs.DisposeAsync();
        _obs = null;
    }

    /// <summary>Closes OBS by its window, as a user would, and waits until it is gone.</summary>
    public async Task CloseObsAsync()
    {
        if (_obs is null) return;
        await Wait.UntilAsync(() => WindowCloser.Close(_display.Name, WindowTitle) > 0, Wait.Generous, "OBS's window");
        await _obs.Exited.WaitAsync(Wait.Generous);
        await KillObsAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillObsAsync();
        await Sound.DisposeAsync();
        await _display.DisposeAsync();
        _folder.Dispose();
    }

    private static string RuntimeFolder(TemporaryFolder folder)
    {
        var run = folder.Folder("run");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(run, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return run;
    }
}
