from firsthand.cli import main

main()
