; Inno Setup 6: `iscc desktop\shipping\windows.iss` after `py run.py build`. Not tested here.
#define Version GetVersionNumbersString("..\..\build\dist\backstop\backstop.exe")

[Setup]
AppId={{6B1D7A52-4D0F-4E0B-9C55-6C3C1E0B9F21}
AppName=Backstop
AppVersion={#Version}
DefaultDirName={autopf}\Backstop
DefaultGroupName=Backstop
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
SetupIconFile=icons\backstop.ico
UninstallDisplayIcon={app}\backstop.exe
OutputDir=..\..\build\dist
OutputBaseFilename=backstop-setup
Compression=lzma2
SolidCompression=yes

[Files]
Source: "..\..\build\dist\backstop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Backstop"; Filename: "{app}\backstop.exe"
Name: "{group}\Backstop demonstration"; Filename: "{app}\backstop.exe"; Parameters: "--demo"
