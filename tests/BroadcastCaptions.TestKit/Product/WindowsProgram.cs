using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.Product;

/// <summary>The program for Windows, run by Wine in a Windows of its own: a stand-in, for no real one can be had where the tests run.</summary>
public sealed class WindowsProgram : IAsyncDisposable
{
    /// <summary>The published program: <c>tests/run</c> makes it.</summary>
    private static readonly string Published = Path.Combine(Places.Repository, "artifacts", "captions-windows", "captions.exe");

    private static readonly string PlugIn = Path.Combine(Places.Repository, "artifacts", "plug-in-windows", "windows-plug-in.exe");

    private readonly TemporaryFolder _folder;
    private readonly Dictionary<string, string?> _environment;

    private WindowsProgram(TemporaryFolder folder)
    {
        _folder = folder;
        _environment = new()
        {
            ["HOME"] = folder.Path,
            ["WINEPREFIX"] = folder.Folder("windows"),
            ["WINEDEBUG"] = "-all",
            ["DISPLAY"] = null,
            ["DOTNET_EnableWriteXorExecute"] = "0", // Wine 8 does not bear .NET's mapping code twice
            ["CAPTIONS__MODEL__FOLDER"] = PathOf(CaptionsProgram.ModelFolder),
            ["CAPTIONS__MODEL__NAME"] = "moonshine-tiny",
        };
    }

    /// <summary>Makes the Windows.</summary>
    public static async Task<WindowsProgram> InstallAsync()
    {
        if (!File.Exists(Published)) throw new InvalidOperationException($"There is no {Published}: tests/run publishes it.");
        var windows = new WindowsProgram(new TemporaryFolder());
        await windows.RunAsync("wineboot", "--init");
        return windows;
    }

    /// <summary>What Windows calls a file of ours: Wine shows it all as drive Z.</summary>
    public static string PathOf(string path) => "Z:" + Path.GetFullPath(path).Replace('/', '\\');

    /// <summary>Sets a variable for the programs that start from now on.</summary>
    public void Set(string variable, string value) => _environment[variable] = value;

    /// <summary>Starts it.</summary>
    public Task<CaptionsProcess> StartAsync(params IReadOnlyList<string> arguments) => CaptionsProgram.StartAsync(Published, _environment, arguments);

    /// <summary>Runs it to its end.</summary>
    public async Task<CaptionsResult> CaptionsAsync(params IReadOnlyList<string> arguments)
    {
        await using var process = await StartAsync(arguments);
        return await process.ResultAsync();
    }

    /// <summary>Starts what stands in for OBS's plug-in there.</summary>
    /// <param name="name">Of its source.</param>
    /// <param name="samples">A file of 32-bit floats, 16 kHz mono.</param>
    public Task<GuardedProcess> StartPlugInAsync(string name, string samples) => GuardedProcess.StartAsync([.. CaptionsProgram.CommandOf(PlugIn), name, PathOf(samples)], _environment);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await RunAsync("wineserver", "--kill"); // what belongs to this Windows outlives its programs for some seconds
        _folder.Dispose();
    }

    private async Task RunAsync(params string[] command)
    {
        await using var process = await GuardedProcess.StartAsync(command, _environment);
        await process.Exited.WaitAsync(Wait.Generous);
    }
}
